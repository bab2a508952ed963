import type { IngestAnswer } from "./api/ingest.ts";
import type { BatchEvents } from "./batch-events.ts";
import type { Reject } from "./events.ts";
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
  /** Lines before the body in the file that it was cut from; 0 when it is no part. */
  readonly linesBefore?: number;
  /** Set when the lines are dead letters, one a line in this order. */
  readonly replay?: Replay;
}

/** A dead letter as it was seen: it is replayed only as that. */
export interface SeenDeadLetter {
  readonly id: string;
  readonly version: number;
  /** The line as a person edited it, sealed; null: as it stands. */
  readonly edited: Uint8Array | null;
}

/** Who replays which dead letters, and why. */
export interface Replay {
  readonly deadLetters: readonly SeenDeadLetter[];
  readonly actor: string;
  /** Where they asked from; unset: not known. */
  readonly address?: string | null;
  readonly reason: string | null;
  /** What the audit entry says that it was about. */
  readonly subject: string;
  /** Names of the fields that a person replaced. */
  readonly fields: readonly string[];
}

/** A replay after validation: what became of each dead letter. */
export interface ValidatedReplay extends Omit<Replay, "deadLetters"> {
  /** Their events are those of the batch. */
  readonly taken: readonly SeenDeadLetter[];
  readonly refused: readonly { readonly deadLetter: SeenDeadLetter; readonly reject: Reject }[];
}

/** Takes bodies and answers after their commit. */
export interface Engine {
  /**
   * @throws {InvalidInput} nothing in the body can be read
   * @throws {TooBusy} too much waits
   * @throws {Conflict} a dead letter of a replay is no longer as it was seen: none of its lines was taken
   * @throws {Unavailable} the database is away, or another process is the writer; nothing was acknowledged
   */
  ingest(body: IngestBody): Promise<IngestAnswer>;
}

/** What the engine hands to the writer: one request, parsed and validated. */
export interface IngestBatch<S extends StreamName = StreamName> {
  readonly stream: S;
  /** Valid events in the order of the body. */
  readonly events: BatchEvents[S];
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
  /** Set when the events come from dead letters. The lines refused again are no rejects: they were counted when they came. */
  readonly replay?: ValidatedReplay;
}

export function isStream<S extends StreamName>(batch: IngestBatch, stream: S): batch is IngestBatch<S> {
  return batch.stream === stream;
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
   * @throws {Conflict} a dead letter of a replay is no longer as it was seen: nothing of the batch was taken
   * @throws {Unavailable} the database is away, or another process is the writer; nothing was acknowledged
   */
  submit(batch: IngestBatch): Promise<BatchOutcome>;
}
