import type pg from "pg";
import type { IngestBatch } from "../contracts/batch.ts";
import type { BatchEvents } from "../contracts/batch-events.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { Committed } from "../contracts/committed.ts";
import type { StreamEvents } from "../contracts/events.ts";
import type { DispositionCounts, StreamName } from "../contracts/streams.ts";
import type { Queryable } from "../db/queryable.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import type { RawRecord, TimeBounds } from "../reader/fields.ts";
import type { EventCollector } from "./event-collector.ts";
import type { LoggedBatch } from "./log/log.ts";
import type { PayloadCodec } from "./log/payload.ts";

/**
 * All that differs from stream to stream. Ingest, the engine, recovery, replay and wiping loop over the table of them
 * (streams.ts) and know no stream by its name.
 */
export interface Stream<S extends StreamName> {
  readonly name: S;
  /** Field of a record that holds its event time. */
  readonly timeField: string;
  /** Turns a record into an event. @throws {LineFault} */
  readonly validate: (record: RawRecord, bounds: TimeBounds) => StreamEvents[S];
  /** Collects the valid events of one body. @param size bytes of the body */
  readonly collect: (bounds: TimeBounds, size: number) => EventCollector<S>;
  readonly timeSpan: (events: BatchEvents[S]) => TimeSpan;
  /** How events lie in the log. */
  readonly codec: PayloadCodec<S>;
  /** Tables that hold what the stream has led to; wiping empties them. */
  readonly tables: readonly string[];
  /** State as the state tables hold it; `recover` brings it up to the log. */
  readonly openState: (db: pg.ClientBase, settings: StateSettings) => Promise<StreamState<S>>;
}

/** Event times of a batch, ms; of none: infinite, the wrong way round. */
export interface TimeSpan {
  readonly earliest: number;
  readonly latest: number;
}

/** How much state is kept in memory. */
export interface Residency {
  /** Last and gross orders, over all days; a day is evicted when they are more and nothing has touched it lately. */
  readonly orders: number;
  /** Last pages. */
  readonly pages: number;
}

/** What a stream's state is opened with. */
export interface StateSettings {
  readonly time: BusinessTime;
  readonly cipher: FieldCipher;
  /** ms; never for a figure. */
  readonly now: () => number;
  /** Hours after its end that a business day stays open (rule O6). */
  readonly dayCloseAfterHours: number;
  readonly residency: Residency;
}

/**
 * State of one stream in the engine's memory, for one span of leading: a cache of what the database holds, and the rows
 * that wait to be written behind. Never repaired: after a failed commit it is thrown away whole.
 */
export interface StreamState<S extends StreamName> {
  /** Rows that are committed in the log and wait to be written to the state tables. */
  readonly waitingRows: number;
  /** Whether time alone changes something by `now`, ms, though no batch comes. */
  isDue(now: number): boolean;
  /** Loads what these batches need. @param db not pipelined: much comes by COPY */
  ensureLoaded(db: pg.ClientBase, batches: readonly IngestBatch<S>[]): Promise<void>;
  /**
   * Begins the stream's part of a group, inside its transaction: takes the locks that it needs.
   * @param dueBy ms: does what time alone does by then; null: batches do it by their own clocks
   */
  openGroup(db: Queryable, batches: readonly IngestBatch<S>[], dueBy: number | null): Promise<StreamGroup<S>>;
  /** Takes over the state rows of a committed group that did not write them itself. */
  writeBehind(group: StreamGroup<S>): void;
  /** Hands the waiting rows out to be written; until `settle` what they belong to stays in memory. */
  takeWaiting(): (db: pg.ClientBase) => Promise<void>;
  /** The rows handed out are in the tables. */
  settle(): void;
  /** Drops from memory what has not been used for long; what waits to be written stays. */
  evict(): void;
  /** Applies what was logged after the state rows were last written; the rows that it leads to wait. */
  recover(db: pg.ClientBase, log: AsyncIterable<LoggedBatch<S>>, coveredPosition: number): Promise<void>;
}

/** One stream's part of a group of batches that commit together. */
export interface StreamGroup<S extends StreamName> {
  /** State rows that the group leads to. */
  readonly stateRows: number;
  /** Runs a batch through the stream's operator. @param firstSeq number of its first event */
  apply(batch: IngestBatch<S>, firstSeq: bigint): DispositionCounts;
  /** Writes the state rows in the group's own transaction; few enough for one statement each. */
  writeState(db: Queryable): Promise<void>;
  /** Writes what the group has decided, under its commit position. @returns what screens are told of it */
  write(db: Queryable, position: number, at: Date): Promise<Partial<Committed>>;
}
