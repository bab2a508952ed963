import type { Context } from "../context.ts";

/** Something that runs by the clock. @typeParam N what its work needs of the system @typeParam O what is kept of a daily run */
export interface Job<N = JobContext, O extends object = object> {
  readonly name: string;
  /** When it is looked at, as cron writes it with seconds, in the business zone. */
  readonly when: string;
  /** Where: in the process whose writer leads, or in every process. What runs in every one must be safe beside itself. */
  readonly where: "writer" | "everywhere";
  /** Business hour from which on it runs once a day; null: at every look. */
  readonly dailyFrom: number | null;
  readonly run: (ctx: N) => Promise<O>;
  /** What the log says when it fails. It is tried again at the next look. */
  readonly failed: string;
}

/** What it takes to know whether a job is due, and to keep what it did. */
export type JobKeeping = Pick<Context, "log" | "now" | "pool" | "time" | "writer">;

/** What all jobs together need. */
export type JobContext = JobKeeping & Pick<Context, "config" | "settings" | "db" | "dayWorker" | "publish">;
