import type { Reject, StreamEvents } from "./events.ts";
import type { DispositionCounts, StreamName } from "./streams.ts";

/**
 * What ingest hands to the writer: one request, parsed and validated. This is the seam behind which the pipeline may
 * move to a thread of its own.
 */
export interface IngestBatch<S extends StreamName = StreamName> {
  readonly stream: S;
  /** Valid events in the order of the body. */
  readonly events: readonly StreamEvents[S][];
  readonly rejects: readonly Reject[];
  /** events.length + rejects.length */
  readonly received: number;
  /** Occurrences of fields that no rule knows. */
  readonly unknownFields: number;
  /** ms; rule C3: the pipeline's only notion of now. With the event clock: the greatest event time reached. */
  readonly acceptedAt: number;
  /** Whether acceptedAt comes from the events (a replay) instead of the wall clock. */
  readonly eventClock: boolean;
}

/** What became of a batch, after its commit. */
export interface BatchOutcome {
  /** Sequence numbers of the accepted events; null when none was accepted. */
  readonly firstSeq: bigint | null;
  readonly lastSeq: bigint | null;
  readonly dispositions: DispositionCounts;
}

export interface BatchWriter {
  /**
   * Resolves after the commit.
   * @throws {TooBusy} the queue is full
   * @throws {Unavailable} the database is away, or another process is the writer; nothing was acknowledged
   */
  submit(batch: IngestBatch): Promise<BatchOutcome>;
}
