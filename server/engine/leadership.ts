import type pg from "pg";
import type { IngestBatch } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import { prepared } from "../db/prepared.ts";
import type { Queryable } from "../db/queryable.ts";
import { type AtFaultPoint, NO_FAULTS } from "../lib/fault-points.ts";
import { commitGroup, type GroupResult } from "./commit-group.ts";
import type { EngineState } from "./engine-state.ts";
import { flush, type WaitingRows } from "./flush.ts";
import { type Lease, RENEW_MS, renewLease } from "./lease.ts";
import type { WriterOptions } from "./writer-options.ts";

/** State rows are at most about this late. */
const FLUSH_MS = 500;
/** How soon after its time a day closes when no batch comes. */
const CLOSE_MS = 500;
/** Bodies accepted before the day's end may still be read and parsed; their clock decides, not ours. */
const CLOSE_GRACE_MS = 60_000;
/** Rows that may wait to be written; with more, commits wait, so that memory is bounded and a stop stays short. */
const MAX_WAITING = 100_000;

/** One span of leading under one epoch: state, write-behind and lease renewal. */
export class Leadership {
  readonly #pool: pg.Pool;
  readonly #pipelined: pg.Pool;
  readonly #lease: Lease;
  readonly #state: EngineState;
  readonly #options: WriterOptions;
  readonly #atFaultPoint: AtFaultPoint;
  readonly #wake: () => void;
  readonly #timers: NodeJS.Timeout[] = [];
  /** Reads days and pages. */
  #reader: pg.PoolClient | null = null;
  /** Commits groups: its statements are sent without waiting for those before, and parsed once. */
  #committer: pg.PoolClient | null = null;
  #statements: Queryable | null = null;
  /** Commit position that the waiting rows lead to; 0: everything is covered, or being written. */
  #position: number;
  #flushing: Promise<void> | null = null;
  #trouble: Error | null = null;

  constructor(
    { pool, pipelined }: { readonly pool: pg.Pool; readonly pipelined: pg.Pool },
    lease: Lease,
    state: EngineState,
    options: WriterOptions,
    wake: () => void,
  ) {
    this.#pool = pool;
    this.#pipelined = pipelined;
    this.#lease = lease;
    this.#state = state;
    this.#position = state.recoveredPosition;
    this.#options = options;
    this.#atFaultPoint = options.atFaultPoint ?? NO_FAULTS;
    this.#wake = wake;
    this.#every(RENEW_MS, () => renewLease(pool, lease));
    this.#every(FLUSH_MS, () => this.#flush());
    this.#every(CLOSE_MS, async () => {
      if (state.isDue(options.now() - CLOSE_GRACE_MS)) wake();
    });
  }

  /** @throws what went wrong in the background since the last look */
  check(): void {
    if (this.#trouble) throw this.#trouble;
  }

  async commit(batches: readonly IngestBatch[], dueBy: number | null = null): Promise<GroupResult> {
    while (this.#state.waitingRows > MAX_WAITING) await this.#flush();
    // Only here is it certain that no group is using what would be evicted.
    this.#state.evict();
    this.#reader ??= await this.#pool.connect();
    this.#committer ??= await this.#pipelined.connect();
    this.#statements ??= prepared(this.#committer);
    await this.#state.ensureLoaded(this.#reader, batches);
    const { cipher, now } = this.#options;
    const result = await commitGroup(this.#statements, batches, {
      state: this.#state,
      lease: this.#lease,
      cipher,
      now,
      dueBy,
      isStateWritten: this.#flushing === null && this.#state.waitingRows === 0,
      atFaultPoint: this.#atFaultPoint,
    });
    if (!result.isCovered) this.#position = result.committed.position;
    return result;
  }

  /** Closes the days whose time has come though no batch came (rule O6). @returns null when there was none */
  async closeDays(): Promise<Committed | null> {
    const dueBy = this.#options.now() - CLOSE_GRACE_MS;
    if (!this.#state.isDue(dueBy)) return null;
    return (await this.commit([], dueBy)).committed;
  }

  /** Ends in order: everything written, the connections given back. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#flushing;
    await this.#flush();
    this.check();
    this.#reader?.release();
    this.#committer?.release();
  }

  /** Ends after a failure: the connections may be in any state, so they are closed. */
  abandon(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#reader?.release(true);
    this.#committer?.release(true);
  }

  #every(ms: number, work: () => Promise<void>): void {
    const timer = setInterval(() => {
      work().catch((error: Error) => {
        this.#trouble ??= error;
        this.#wake();
      });
    }, ms);
    this.#timers.push(timer);
  }

  /**
   * Commits that changed no row are covered as well: a restart must not replay them.
   * @throws also when an earlier one has failed: a later position would cover rows that are in no table
   */
  async #flush(): Promise<void> {
    if (this.#flushing) return this.#flushing;
    this.check();
    if (this.#position === 0) return;
    const rows = { writes: this.#state.takeWaiting(), position: this.#position };
    this.#position = 0;
    this.#flushing = this.#write(rows)
      // Not after a failure: what is not in the tables must stay in memory, and no group may take it for written.
      .then(() => {
        this.#state.settle();
        this.#flushing = null;
      })
      .catch((error: Error) => {
        this.#trouble ??= error;
        throw error;
      });
    await this.#flushing;
  }

  async #write(rows: WaitingRows): Promise<void> {
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      await flush(client, rows, { lease: this.#lease, atFaultPoint: this.#atFaultPoint });
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }
}
