import { z } from "zod";

/** The three input streams, as the rules name them. */
export const STREAMS = ["orders", "premium_changes", "page_views"] as const;
export const streamName = z.enum(STREAMS);
export type StreamName = z.infer<typeof streamName>;

/** Path segment of a stream's endpoint: premium_changes is POST /ingest/premium-changes. */
export const streamPath = (stream: StreamName): string => stream.replace("_", "-");

/** Accepts both spellings, with hyphen or underscore; undefined when there is no such stream. */
export function parseStreamName(text: string): StreamName | undefined {
  const parsed = streamName.safeParse(text.replace("-", "_"));
  return parsed.success ? parsed.data : undefined;
}

/** Where an event ends; every received event ends in exactly one (semantics §4). */
export const DISPOSITIONS = [
  "applied",
  "superseded",
  "duplicate",
  "late",
  "not_key_user",
  "anonymous",
  "rejected",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export type AcceptedDisposition = Exclude<Disposition, "rejected">;

export const dispositions = z.object({
  applied: z.number().int(),
  superseded: z.number().int(),
  duplicate: z.number().int(),
  late: z.number().int(),
  not_key_user: z.number().int(),
  anonymous: z.number().int(),
  rejected: z.number().int(),
});
export type DispositionCounts = z.infer<typeof dispositions>;

export const noDispositions = (): DispositionCounts => ({
  applied: 0,
  superseded: 0,
  duplicate: 0,
  late: 0,
  not_key_user: 0,
  anonymous: 0,
  rejected: 0,
});
