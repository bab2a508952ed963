import { type IngestAnswer, MAX_LISTED_REJECTS } from "../contracts/api/ingest.ts";
import type { BatchOutcome, BatchWriter, IngestBatch, IngestBody } from "../contracts/batch.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import { replayOf } from "./replay-of.ts";

/** Parses a body, has it committed, and says what became of it. @throws like Engine.ingest */
export async function ingestBody(writer: BatchWriter, body: IngestBody): Promise<IngestAnswer> {
  const { buffer, byteOffset, byteLength } = body.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const batch = await parseBatch(body.stream, body.format, bytes, body.clock, body.linesBefore);
  return answerOf(batch, await writer.submit(body.replay ? replayOf(batch, body.replay) : batch));
}

function answerOf(batch: IngestBatch, outcome: BatchOutcome): IngestAnswer {
  const listed = batch.rejects.slice(0, MAX_LISTED_REJECTS);
  return {
    stream: batch.stream,
    received: batch.received,
    accepted: batch.events.length,
    firstSeq: outcome.firstSeq?.toString() ?? null,
    lastSeq: outcome.lastSeq?.toString() ?? null,
    dispositions: { ...outcome.dispositions, rejected: batch.rejects.length },
    rejected: listed.map(({ line, code, field, message }) => ({ line, code, field, message })),
    rejectedOmitted: batch.rejects.length - listed.length,
    unknownFields: batch.unknownFields,
    clock: batch.eventClock ? batch.acceptedAt : null,
  };
}
