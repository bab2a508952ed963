import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { DayWorker } from "#server/context.ts";
import type { LateEffect } from "#server/contracts/api/days.ts";
import type { VerifiedDay } from "#server/contracts/verified-day.ts";
import { TooBusy, Unavailable } from "#server/lib/errors.ts";
import { errorOf } from "#server/lib/plain-error.ts";
import type { DayOutcome, DayTask, DayWorkerSettings } from "./messages.ts";

/** Tasks under way or waiting; each reads a whole day, so one runs at a time. */
const MOST_TASKS = 8;

/** Does what takes long on a large day in a thread of its own, so that the one that serves people stays quiet. */
export class DayWorkerThread implements DayWorker {
  readonly #pool: Piscina<DayTask, DayOutcome>;
  #tasks = 0;
  #stopping = false;

  constructor(settings: DayWorkerSettings) {
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL("./thread.ts", import.meta.url)),
      workerData: settings,
      minThreads: 0,
      maxThreads: 1,
    });
  }

  lateEffect(date: string): Promise<LateEffect> {
    return this.#run({ kind: "late-effect", date }) as Promise<LateEffect>;
  }

  verifyDay(date: string): Promise<VerifiedDay> {
    return this.#run({ kind: "verify-day", date }) as Promise<VerifiedDay>;
  }

  /** Breaks off what runs and what waits. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#pool.destroy();
  }

  async #run(task: DayTask): Promise<LateEffect | VerifiedDay> {
    if (this.#tasks >= MOST_TASKS) throw new TooBusy("Other days are being computed; try again.", 5);
    this.#tasks += 1;
    try {
      const outcome = await this.#pool.run(task).catch((error: Error) => {
        throw this.#stopping ? new Unavailable("The system is stopping; try again.") : error;
      });
      if ("error" in outcome) throw errorOf(outcome.error, "day worker");
      return outcome.value;
    } finally {
      this.#tasks -= 1;
    }
  }
}
