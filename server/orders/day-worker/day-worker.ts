import { Worker } from "node:worker_threads";
import type { LateEffect } from "#server/contracts/api/days.ts";
import type { VerifiedDay } from "#server/contracts/verified-day.ts";
import { AppError, TooBusy, Unavailable } from "#server/lib/errors.ts";
import type { DayTask, DayWorkerSettings, FromDayWorker } from "./messages.ts";

const ENTRY = new URL("./thread.ts", import.meta.url);
/** Tasks that may wait; each reads a whole day, so one runs at a time. */
const MOST_WAITING = 8;

/** Does what takes long on a large day in a thread of its own, so that the one that serves people stays quiet. */
export class DayWorkerThread {
  readonly #settings: DayWorkerSettings;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  #worker: Worker | null = null;
  #stopping = false;

  constructor(settings: DayWorkerSettings) {
    this.#settings = settings;
  }

  /** See server/orders/late-effect.ts. @throws {TooBusy} too many wait already */
  lateEffect(date: string): Promise<LateEffect> {
    return this.#inTurn({ kind: "late-effect", date }) as Promise<LateEffect>;
  }

  /** See server/orders/verify-day.ts. @throws {TooBusy} too many wait already */
  verifyDay(date: string): Promise<VerifiedDay> {
    return this.#inTurn({ kind: "verify-day", date }) as Promise<VerifiedDay>;
  }

  /** Gives up what runs and what waits. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#worker?.terminate();
  }

  #inTurn(task: DayTask): Promise<LateEffect | VerifiedDay> {
    if (this.#waiting >= MOST_WAITING) {
      return Promise.reject(new TooBusy("Other days are being computed; try again.", 5));
    }
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#run(task));
    this.#last = turn.then(
      () => undefined,
      () => undefined, // its own caller hears the error
    );
    return turn.finally(() => {
      this.#waiting -= 1;
    });
  }

  async #run(task: DayTask): Promise<LateEffect | VerifiedDay> {
    if (this.#stopping) throw new Unavailable("The system is stopping; try again.");
    const worker = new Worker(ENTRY, { workerData: { settings: this.#settings, task } });
    this.#worker = worker;
    const message = await new Promise<FromDayWorker>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Unavailable("The computation was broken off; try again.")));
    }).finally(() => {
      this.#worker = null;
    });
    if (message.type === "answer") return message.value;
    if (message.code === "unavailable") throw new Unavailable(message.message);
    if (message.code === null) throw new Error(`the day worker failed: ${message.message}`);
    throw new AppError(message.code, message.status, message.message);
  }
}
