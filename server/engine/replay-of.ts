import type { IngestBatch, Replay } from "../contracts/batch.ts";

/**
 * The batch of a replay: what is valid now is received once more; what is refused again was received and counted when it
 * came, and so were its unknown fields.
 */
export function replayOf(batch: IngestBatch, { deadLetters, ...replay }: Replay): IngestBatch {
  const rejects = new Map(batch.rejects.map((reject) => [reject.line, reject]));
  const taken = deadLetters.filter((_, index) => !rejects.has(index + 1));
  const refused = deadLetters.flatMap((deadLetter, index) => {
    const reject = rejects.get(index + 1);
    return reject ? [{ deadLetter, reject }] : [];
  });
  return {
    ...batch,
    rejects: [],
    received: batch.events.length,
    unknownFields: 0,
    replay: { ...replay, taken, refused },
  };
}
