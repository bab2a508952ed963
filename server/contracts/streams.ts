/** Names that both ends share; no schema is here, so that a browser that needs a name loads no validator. */

/** The three input streams, as the rules name them. */
export const STREAM_NAMES = ["orders", "premium_changes", "page_views"] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

/** Path segment of a stream's endpoint: premium_changes is POST /ingest/premium-changes. */
export const streamPath = (stream: StreamName): string => stream.replace("_", "-");

/** Accepts both spellings, with hyphen or underscore; undefined when there is no such stream. */
export function parseStreamName(text: string): StreamName | undefined {
  const name = text.replace("-", "_");
  return STREAM_NAMES.find((stream) => stream === name);
}

/** Where an event ends; every received event ends in exactly one (docs/rules.md#dispositions). */
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

export type DispositionCounts = Record<Disposition, number>;

export const noDispositions = (): DispositionCounts => ({
  applied: 0,
  superseded: 0,
  duplicate: 0,
  late: 0,
  not_key_user: 0,
  anonymous: 0,
  rejected: 0,
});
