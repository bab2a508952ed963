import type { IngestAnswer } from "./api/ingest.ts";
import type { Reject, StreamEvents } from "./events.ts";
import type { DispositionCounts, StreamName } from "./streams.ts";

export type BodyFormat = "ndjson" | "json" | "csv";

/** The clock of one request (rule C3). */
export type BatchClock =
  | { readonly kind: "wall"; readonly now: number; readonly skewMs: number }
  /** Replay: the greatest event time seen so far, starting from `from`. Nothing lies in its future. */
  | { readonly kind: "event"; readonly from: number };

/** What ingest hands to the engine: one request's body as bytes, decompressed. It crosses threads. */
export interface IngestBody {
  readonly stream: StreamName;
  readonly format: BodyFormat;
  /** Given away: the caller must not touch them any more. */
  readonly bytes: Uint8Array;
  readonly clock: BatchClock;
}

/** Takes bodies and answers after their commit. */
export interface Engine {
  /**
   * @throws {InvalidInput} nothing in the body can be read
   * @throws {TooBusy} too much waits
   * @throws {Unavailable} the database is away, or another process is the writer; nothing was acknowledged
   */
  ingest(body: IngestBody): Promise<IngestAnswer>;
}

/** What the engine hands to the writer: one request, parsed and validated. */
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
  /** ms; where the clock stood before the first event. With the wall clock: acceptedAt. */
  readonly clockFrom: number;
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
