import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { BatchOutcome, BatchWriter, IngestBatch } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import type { WriterState, WriterStatus } from "../contracts/writer-status.ts";
import { Connections } from "../db/connections.ts";
import { Conflict, TooBusy, Unavailable } from "../lib/errors.ts";
import type { Residency } from "../streams/stream.ts";
import { BatchQueue, type Waiting } from "./batch-queue.ts";
import { EngineState } from "./engine-state.ts";
import { holderName } from "./holder.ts";
import { Leadership } from "./leadership.ts";
import { type Lease, LeaseLost, LeaseSeeker, RENEW_MS, releaseLease, renewLease } from "./lease.ts";
import type { WriterOptions } from "./writer-options.ts";

const QUEUE_CAPACITY = 100_000;
const RESIDENCY: Residency = { orders: 8_000_000, pages: 500_000 };
/** Events committed together at most. */
const GROUP_EVENTS = 20_000;
const STANDBY_MS = 500;
const LONGEST_PAUSE_MS = 2_000;

const CONNECTION_SETTINGS = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=10000";

/**
 * The one loop that commits batches: takes the lease, rebuilds the state, then commits group after group until it is
 * stopped, loses the lease, or a commit fails; then it starts over. Exactly one process leads at a time.
 */
export class Writer implements BatchWriter {
  readonly #options: WriterOptions;
  readonly #connections: Connections;
  readonly #pool: pg.Pool;
  /** One connection, for groups. */
  readonly #pipelined: pg.Pool;
  readonly #queue: BatchQueue;
  readonly #holder: string;
  readonly #seeker: LeaseSeeker;
  readonly #listeners: ((committed: Committed) => void)[] = [];
  #state: WriterState = "recovering";
  #lease: Lease | null = null;
  #lastCommitMs: number | null = null;
  /** In a row, without a commit between them. */
  #failures = 0;
  #stopping = false;
  #finished: Promise<void> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#holder = options.holder ?? holderName();
    this.#queue = new BatchQueue(options.queueCapacity ?? QUEUE_CAPACITY);
    const lost = (error: Error) => {
      if (!this.#stopping) options.log.warn({ err: error }, "the writer lost a connection");
    };
    const config = { connectionString: options.databaseUrl, options: CONNECTION_SETTINGS };
    this.#connections = new Connections(config, lost, options.patience);
    this.#pool = this.#connections.pool({ max: 4 });
    this.#pipelined = this.#connections.pool({ max: 1, pipeline: true });
    this.#seeker = new LeaseSeeker(this.#pool, this.#holder);
  }

  /** Begins to lead or to stand by; resolves at the first of the two. */
  async start(): Promise<void> {
    let settled: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      settled = resolve;
    });
    this.#finished = this.#run(settled);
    await ready;
  }

  onCommitted(listener: (committed: Committed) => void): void {
    this.#listeners.push(listener);
  }

  submit(batch: IngestBatch): Promise<BatchOutcome> {
    if (this.#stopping || this.#state !== "leading") return Promise.reject(this.#absence());
    if (!this.#queue.hasRoomFor(batch)) {
      return Promise.reject(new TooBusy(`${this.#queue.events} events wait to be committed; send again.`));
    }
    return new Promise((resolve, reject) => this.#queue.push({ batch, resolve, reject }));
  }

  status(): WriterStatus {
    return {
      state: this.#state,
      holder: this.#holder,
      epoch: this.#lease?.epoch ?? 0n,
      queuedEvents: this.#queue.events,
      lastCommitMs: this.#lastCommitMs,
    };
  }

  /** Commits what waits, writes the state rows, releases the lease. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#queue.wake();
    await this.#finished;
    await this.#connections.end();
  }

  #absence(): Unavailable {
    if (this.#stopping) return new Unavailable("The system is stopping; send again.");
    return new Unavailable(
      this.#state === "standby"
        ? "Another process is the writer; send to it, or again later."
        : "The writer is getting ready or the database is away; send again.",
    );
  }

  async #run(settled: () => void): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#lease = await this.#seeker.acquire();
        if (!this.#lease) {
          this.#state = "standby";
          settled();
          await this.#pause(STANDBY_MS);
          continue;
        }
        this.#options.atFaultPoint?.("lease-taken");
        await this.#lead(this.#lease, settled);
      } catch (error) {
        this.#failures += 1;
        this.#state = error instanceof LeaseLost ? "standby" : "unavailable";
        if (error instanceof LeaseLost && error.isFree) {
          this.#options.log.info(
            "the data were wiped or restored: the writer starts over with what is there now",
          );
        } else this.#options.log.warn({ err: error }, "the writer starts over");
        this.#queue.refuseAll(this.#absence());
        await this.#pause(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** this.#failures));
      }
    }
    this.#queue.refuseAll(this.#absence());
    settled();
    await this.#release();
  }

  async #release(): Promise<void> {
    if (!this.#lease) return;
    await releaseLease(this.#pool, this.#lease).catch((error: Error) =>
      this.#options.log.warn({ err: error }, "the lease was not released and will run out by itself"),
    );
  }

  async #lead(lease: Lease, settled: () => void): Promise<void> {
    this.#state = "recovering";
    const state = await this.#holding(lease, () => this.#recover());
    const pools = { pool: this.#pool, pipelined: this.#pipelined };
    const leadership = new Leadership(pools, lease, state, this.#options, () => this.#queue.wake());
    this.#state = "leading";
    settled();
    this.#options.log.info(
      { epoch: Number(lease.epoch), replayed: state.waitingRows },
      "this process is the writer",
    );
    try {
      await this.#commitLoop(leadership);
      await leadership.close();
    } catch (error) {
      leadership.abandon();
      throw error;
    }
  }

  /** Keeps the lease during work that may take longer than it lives. @throws what kept it from being renewed */
  async #holding<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
    let trouble: Error | undefined;
    const renewing = setInterval(() => {
      renewLease(this.#pool, lease).catch((error: Error) => {
        trouble ??= error;
      });
    }, RENEW_MS);
    try {
      const result = await work();
      if (trouble) throw trouble;
      return result;
    } finally {
      clearInterval(renewing);
    }
  }

  async #recover(): Promise<EngineState> {
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      return await EngineState.recover(client, {
        ...this.#options,
        residency: this.#options.residency ?? RESIDENCY,
      });
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure); // in the midst of its rows a connection is of no use to others
    }
  }

  async #commitLoop(leadership: Leadership): Promise<void> {
    while (!this.#stopping || !this.#queue.isEmpty) {
      await this.#queue.something();
      leadership.check();
      if (!this.#queue.isEmpty) await this.#commit(leadership, this.#queue.take(GROUP_EVENTS));
      else await this.#closeDays(leadership);
    }
  }

  async #closeDays(leadership: Leadership): Promise<void> {
    const committed = await leadership.closeDays();
    if (committed) this.#tell(committed);
  }

  async #commit(leadership: Leadership, group: Waiting[]): Promise<void> {
    const started = performance.now();
    try {
      const { outcomes, committed } = await leadership.commit(group.map((waiting) => waiting.batch));
      this.#lastCommitMs = performance.now() - started;
      this.#failures = 0;
      this.#options.atFaultPoint?.("before-answer");
      group.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome) waiting.resolve(outcome);
        else waiting.reject(new Conflict("A dead letter is no longer as it was seen.", null));
      });
      this.#tell(committed);
    } catch (error) {
      const refusal = new Unavailable("The commit did not succeed, or its success is not known; send again.");
      for (const waiting of group) waiting.reject(refusal);
      throw error;
    } finally {
      this.#queue.done(group);
    }
  }

  /** The commit stands whatever a listener makes of it. */
  #tell(committed: Committed): void {
    for (const listener of this.#listeners) {
      try {
        listener(committed);
      } catch (error) {
        this.#options.log.error({ err: error, position: committed.position }, "a listener failed");
      }
    }
  }

  /** Waits, but not through a stop. */
  async #pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (!this.#stopping && Date.now() < until) await pause(Math.min(50, ms));
  }
}
