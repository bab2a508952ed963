import { z } from "zod";

/** What the simulator is told when it starts. */
export const demoSettings = z.object({
  /** Where Tidewatch listens, e.g. http://127.0.0.1:3000 */
  baseUrl: z.url(),
  /** A key that may ingest, replay, read, and write the key-user list. */
  apiKey: z.string().min(1),
  /** Who works on cases of the past days; null: nobody does. */
  manager: z.object({ email: z.string(), password: z.string() }).nullable(),
  seed: z.number().int().min(0),
  /** How many times faster than the clock today's events come, until they have caught up with it. */
  speed: z.number().min(1),
  /** The installation's business time zone. */
  zone: z.string(),
});
export type DemoSettings = z.infer<typeof demoSettings>;

/** One line of the simulator's log, on its way to the server's. */
export interface DemoLine {
  readonly level: "info" | "warn";
  readonly message: string;
}
export type Say = (line: DemoLine) => void;
