import type pg from "pg";
import { type IngestBatch, isStream } from "../contracts/batch.ts";
import { STREAM_NAMES, type StreamName } from "../contracts/streams.ts";
import { readLogAfter } from "../streams/log/log.ts";
import type { StateSettings, StreamState } from "../streams/stream.ts";
import { streamOf } from "../streams/streams.ts";
import { readStreams } from "./stream-rows.ts";

/** Where a stream stands in memory; ahead of the database only while a group is being committed. */
export interface StreamCursor {
  nextSeq: bigint;
  /** ms */
  watermark: number | null;
}

type AnyState = StreamState<StreamName>;

/** All that the engine holds in memory for one span of leading: of each stream its cursor and its state. */
export class EngineState {
  readonly #cursors = new Map<StreamName, StreamCursor>();
  readonly #states = new Map<StreamName, AnyState>();
  #recoveredPosition = 0;

  /**
   * The state as the database has it: what the state tables hold, and on top of it the log from the position that they
   * cover. The figures are committed already; what the tables lack waits to be written. Replaying an event that the tables
   * hold changes nothing (rule C6).
   */
  static async recover(db: pg.ClientBase, settings: StateSettings): Promise<EngineState> {
    const state = new EngineState();
    for (const { stream, nextSeq, watermark, coveredPosition } of await readStreams(db)) {
      state.#cursors.set(stream, { nextSeq, watermark });
      await state.#recoverStream(db, stream, coveredPosition, settings);
    }
    return state;
  }

  /** Commit position that recovery led to, beyond what the state tables cover; 0: none. */
  get recoveredPosition(): number {
    return this.#recoveredPosition;
  }

  cursor(stream: StreamName): StreamCursor {
    const cursor = this.#cursors.get(stream);
    if (!cursor) throw new Error(`stream ${stream} has no row: the migration puts it there`);
    return cursor;
  }

  of<S extends StreamName>(stream: S): StreamState<S> {
    const state = this.#states.get(stream);
    if (!state) throw new Error(`stream ${stream} has no row: the migration puts it there`);
    return state as unknown as StreamState<S>;
  }

  /** Rows that wait to be written behind. */
  get waitingRows(): number {
    return this.#sum((state) => state.waitingRows);
  }

  isDue(now: number): boolean {
    return [...this.#states.values()].some((state) => state.isDue(now));
  }

  /** Brings the state that these batches need into memory. @param db not pipelined */
  async ensureLoaded(db: pg.ClientBase, batches: readonly IngestBatch[]): Promise<void> {
    for (const name of STREAM_NAMES) {
      const own = batchesOf(batches, name);
      if (own.length > 0) await this.of(name).ensureLoaded(db, own);
    }
  }

  evict(): void {
    for (const state of this.#states.values()) state.evict();
  }

  /** Hands out what waits, stream by stream, to be written in one transaction. */
  takeWaiting(): ((db: pg.ClientBase) => Promise<void>)[] {
    return Array.from(this.#states.values(), (state) => state.takeWaiting());
  }

  settle(): void {
    for (const state of this.#states.values()) state.settle();
  }

  async #recoverStream<S extends StreamName>(
    db: pg.ClientBase,
    name: S,
    coveredPosition: number,
    settings: StateSettings,
  ): Promise<void> {
    const state = await streamOf(name).openState(db, settings);
    this.#states.set(name, state as unknown as AnyState);
    const log = this.#noting(readLogAfter(db, settings.cipher, streamOf(name), coveredPosition));
    await state.recover(db, log, coveredPosition);
  }

  /** Passes batches on and notes how far they lead. */
  async *#noting<T extends { readonly position: number }>(batches: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const batch of batches) {
      this.#recoveredPosition = Math.max(this.#recoveredPosition, batch.position);
      yield batch;
    }
  }

  #sum(countOf: (state: AnyState) => number): number {
    let sum = 0;
    for (const state of this.#states.values()) sum += countOf(state);
    return sum;
  }
}

/** Those of one stream. */
export const batchesOf = <S extends StreamName>(
  batches: readonly IngestBatch[],
  stream: S,
): IngestBatch<S>[] => batches.filter((batch): batch is IngestBatch<S> => isStream(batch, stream));
