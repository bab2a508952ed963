import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { IngestAnswer } from "../contracts/api/ingest.ts";
import type { Engine, IngestBody } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import type { WriterStatus } from "../contracts/writer-status.ts";
import { TooBusy, Unavailable } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { errorOf } from "../lib/plain-error.ts";
import { holderName } from "./holder.ts";
import type { EngineSettings, FromEngine, ToEngine } from "./messages.ts";
import { transferable } from "./transferable.ts";

interface Options extends Omit<EngineSettings, "holder"> {
  readonly log: Log;
  /** Tests start a thread of their own here. */
  readonly entry?: URL;
}

/** A body that was sent and has no answer yet. */
interface Pending {
  readonly bytes: number;
  resolve(answer: IngestAnswer): void;
  reject(error: Error): void;
}

const ENTRY = new URL("./thread.ts", import.meta.url);
/** Bytes of large bodies without an answer, but for one that is larger by itself; parsed, they take several times as much. The writer bounds the events. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;
/** A body of no more bytes than this is small. */
const SMALL_BYTES = 1024 * 1024;
/** Bytes of small bodies without an answer, however much of large ones waits. */
const MAX_PENDING_SMALL_BYTES = 16 * 1024 * 1024;
const LONGEST_PAUSE_MS = 2_000;
/**
 * Heap of what has just been made, MB. By default it grows to four times as much. V8 marks a small state anew when no more room than
 * that is left before its limit, which was after each clearing; whoever sends single orders waited for 20 ms each time.
 */
const YOUNG_MB = 48;

/**
 * The engine in a thread of its own, seen from the thread that serves people: bytes go there, answers and commits come
 * back. A thread that ends unasked leaves an unavailable writer behind, never a request without an answer, and is
 * followed by another; what it had committed without saying so is harmless to send again (rule C9).
 */
export class EngineThread implements Engine {
  readonly #options: Options;
  readonly #settings: EngineSettings;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners: ((committed: Committed) => void)[] = [];
  #largeBytes = 0;
  #smallBytes = 0;
  #lastId = 0;
  #worker: Worker | null = null;
  #status: WriterStatus;
  #stopping = false;
  #finished: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    const { databaseUrl, secretKey, zone, dayCloseAfterHours, logLevel, faultAt } = options;
    this.#options = options;
    this.#settings = {
      databaseUrl,
      secretKey,
      zone,
      dayCloseAfterHours,
      logLevel,
      faultAt,
      holder: holderName(),
    };
    this.#status = {
      state: "recovering",
      holder: this.#settings.holder,
      epoch: 0n,
      queuedEvents: 0,
      lastCommitMs: null,
    };
  }

  /** Resolves when the writer leads or stands by. */
  async start(): Promise<void> {
    await new Promise<void>((started) => {
      this.#finished = this.#run(started);
    });
  }

  onCommitted(listener: (committed: Committed) => void): void {
    this.#listeners.push(listener);
  }

  status(): WriterStatus {
    return this.#status;
  }

  ingest(body: IngestBody): Promise<IngestAnswer> {
    const worker = this.#worker;
    if (!worker || this.#stopping) return Promise.reject(this.#absence());
    const bytes = transferable(body.bytes);
    if (!this.#hasRoomFor(bytes.length)) {
      const waiting = this.#largeBytes + this.#smallBytes;
      return Promise.reject(new TooBusy(`${waiting} bytes wait to be committed; send again.`));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    this.#count(bytes.length);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { bytes: bytes.length, resolve, reject });
      send(worker, { type: "ingest", id, body: { ...body, bytes } }, [bytes.buffer]);
    });
  }

  /** Commits what waits, writes the state rows, releases the lease. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#worker) send(this.#worker, { type: "stop" });
    await this.#finished;
  }

  #absence(): Unavailable {
    return new Unavailable(
      this.#stopping ? "The system is stopping; send again." : "The writer is starting again; send again.",
    );
  }

  /** One thread after the other, until it is stopped. */
  async #run(started: () => void): Promise<void> {
    for (let failures = 1; !this.#stopping; failures += 1) {
      await this.#live(() => {
        failures = 0;
        started();
      });
      this.#refuseAll();
      if (this.#stopping) break;
      this.#status = { ...this.#status, state: "unavailable", queuedEvents: 0 };
      await pause(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** failures));
    }
    started();
  }

  /** Runs one thread; resolves when it has ended, whatever the reason. */
  #live(started: () => void): Promise<void> {
    const { log, entry = ENTRY } = this.#options;
    const worker = new Worker(entry, {
      workerData: this.#settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker = worker;
    worker.on("message", (message: FromEngine) => this.#take(message, started));
    let failure: Error | undefined;
    worker.on("error", (error: Error) => {
      failure = error;
    });
    return new Promise((resolve) => {
      worker.once("exit", (code) => {
        this.#worker = null;
        if (!this.#stopping)
          log.error({ err: failure, code }, "the engine thread ended and is started again");
        resolve();
      });
    });
  }

  #take(message: FromEngine, started: () => void): void {
    switch (message.type) {
      case "started":
        started();
        break;
      case "status":
        this.#status = message.status;
        break;
      case "committed":
        this.#tell(message.committed);
        break;
      case "answered":
        this.#settle(message.id)?.resolve(message.answer);
        break;
      case "refused":
        this.#settle(message.id)?.reject(errorOf(message.error, "engine thread"));
        break;
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending) this.#count(-pending.bytes);
    return pending;
  }

  /** What is large has to come in as well while small ones keep coming: they are counted apart. */
  #hasRoomFor(bytes: number): boolean {
    if (bytes <= SMALL_BYTES) return this.#smallBytes + bytes <= MAX_PENDING_SMALL_BYTES;
    return this.#largeBytes === 0 || this.#largeBytes + bytes <= MAX_PENDING_BYTES;
  }

  /** @param bytes of one body: more when it comes, less than zero when it has its answer */
  #count(bytes: number): void {
    if (Math.abs(bytes) <= SMALL_BYTES) this.#smallBytes += bytes;
    else this.#largeBytes += bytes;
  }

  #refuseAll(): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(this.#absence());
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
}

function send(worker: Worker, message: ToEngine, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer);
}
