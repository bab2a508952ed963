import { z } from "zod";
import { id } from "./common.ts";
import { dispositions, streamName } from "./streams.ts";

/** Rejects listed in one answer at most; the rest is counted in rejectedOmitted (all are dead letters). */
export const MAX_LISTED_REJECTS = 100;

/** Answer of POST /ingest/<stream>, sent after the commit. */
export const ingestAnswer = z.object({
  stream: streamName,
  received: z.number().int(),
  accepted: z.number().int(),
  firstSeq: id.nullable(),
  lastSeq: id.nullable(),
  dispositions,
  rejected: z.array(
    z.object({ line: z.number().int(), code: z.string(), field: z.string().nullable(), message: z.string() }),
  ),
  rejectedOmitted: z.number().int(),
  /** Fields that no rule knows, over all lines. */
  unknownFields: z.number().int(),
  /** With the event clock: the greatest event time reached, ms; the next request starts from it. */
  clock: z.number().int().nullable(),
});
export type IngestAnswer = z.infer<typeof ingestAnswer>;
