import type pg from "pg";
import type { IngestBatch } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import { REACH_NOTHING, type Reach } from "../lib/kill-points.ts";
import { type Lease, RENEW_MS, renewLease } from "./lease.ts";
import { prepared } from "../db/prepared.ts";
import { admit } from "./admit.ts";
import { commitGroup, type GroupResult } from "./commit-group.ts";
import { Dirty } from "./dirty.ts";
import type { EngineState } from "./engine-state.ts";
import { flush } from "./flush.ts";
import type { WriterOptions } from "./writer.ts";

type Queryable = Pick<pg.ClientBase, "query">;

/** State rows are at most about this late. */
const FLUSH_MS = 500;
/** How soon after its time a day closes when no batch comes. */
const CLOSE_MS = 500;
/** Bodies accepted before the day's end may still be read and parsed; their clock decides, not ours. */
const CLOSE_GRACE_MS = 60_000;
/** Rows that may wait to be written; with more, commits wait, so that memory is bounded and a stop stays short. */
const MAX_DIRTY = 100_000;

/** One span of leading under one epoch: state, write-behind and lease renewal. */
export class Leadership {
  readonly #pool: pg.Pool;
  readonly #pipelined: pg.Pool;
  readonly #lease: Lease;
  readonly #state: EngineState;
  readonly #options: WriterOptions;
  readonly #reach: Reach;
  readonly #wake: () => void;
  readonly #timers: NodeJS.Timeout[] = [];
  /** Reads days and pages. */
  #reader: pg.PoolClient | null = null;
  /** Commits groups: its statements are sent without waiting for those before, and parsed once. */
  #committer: pg.PoolClient | null = null;
  #statements: Queryable | null = null;
  #dirty: Dirty;
  #flushing: Promise<void> | null = null;
  /** What is being written, or could not be; position 0: nothing. */
  #inFlight = new Dirty();
  #trouble: Error | null = null;

  constructor(
    { pool, pipelined }: { readonly pool: pg.Pool; readonly pipelined: pg.Pool },
    lease: Lease,
    state: EngineState,
    dirty: Dirty,
    options: WriterOptions,
    wake: () => void,
  ) {
    this.#pool = pool;
    this.#pipelined = pipelined;
    this.#lease = lease;
    this.#state = state;
    this.#dirty = dirty;
    this.#options = options;
    this.#reach = options.reach ?? REACH_NOTHING;
    this.#wake = wake;
    this.#every(RENEW_MS, () => renewLease(pool, lease));
    this.#every(FLUSH_MS, () => this.#flush());
    this.#every(CLOSE_MS, async () => {
      if (state.calendar.isDue(options.now() - CLOSE_GRACE_MS)) wake();
    });
  }

  /** @throws what went wrong in the background since the last look */
  check(): void {
    if (this.#trouble) throw this.#trouble;
  }

  async commit(batches: readonly IngestBatch[], closeBy: number | null = null): Promise<GroupResult> {
    while (this.#dirty.size > MAX_DIRTY) await this.#flush();
    // Only here is it certain that no group is using what would be let go.
    this.#state.evict([this.#dirty, this.#inFlight]);
    this.#reader ??= await this.#pool.connect();
    this.#committer ??= await this.#pipelined.connect();
    this.#statements ??= prepared(this.#committer);
    const { vault, time, now } = this.#options;
    const isStateWritten = this.#inFlight.position === 0 && this.#dirty.size === 0;
    const dependencies = {
      state: this.#state,
      lease: this.#lease,
      vault,
      time,
      now,
      closeBy,
      isStateWritten,
      reach: this.#reach,
    };
    await admit(this.#reader, batches, dependencies);
    const result = await commitGroup(this.#statements, batches, dependencies);
    this.#dirty.absorb(result.dirty);
    return result;
  }

  /** Closes the days whose time has come though no batch came (rule O6). @returns null when there was none */
  async closeDays(): Promise<Committed | null> {
    const closeBy = this.#options.now() - CLOSE_GRACE_MS;
    if (!this.#state.calendar.isDue(closeBy)) return null;
    return (await this.commit([], closeBy)).committed;
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
    if (this.#dirty.position === 0) return;
    this.#inFlight = this.#dirty;
    this.#dirty = new Dirty();
    this.#flushing = this.#write(this.#inFlight)
      .then(() => {
        // Not after a failure: what is not in the tables must stay in memory.
        this.#inFlight = new Dirty();
      })
      .catch((error: Error) => {
        this.#trouble ??= error;
        throw error;
      })
      .finally(() => {
        this.#flushing = null;
      });
    await this.#flushing;
  }

  async #write(rows: Dirty): Promise<void> {
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      await flush(client, rows, {
        state: this.#state,
        lease: this.#lease,
        vault: this.#options.vault,
        reach: this.#reach,
      });
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }
}
