import type { Log } from "./log.ts";

/** What was started, to be stopped in the opposite order. */
export class Shutdown {
  /** Comes as soon as a stop is asked for: a start that is under way goes no further, and what it has begun is stopped. */
  readonly signal: AbortSignal;
  readonly #steps: { name: string; stop: () => Promise<void> | void }[] = [];
  readonly #log: Log;

  constructor(log: Log, signal: AbortSignal) {
    this.#log = log;
    this.signal = signal;
  }

  /** Call right after the part has started. */
  add(name: string, stop: () => Promise<void> | void): void {
    this.#steps.push({ name, stop });
  }

  /** Stops everything; a part that fails to stop is logged and does not keep the others running. */
  async run(): Promise<void> {
    for (const { name, stop } of this.#steps.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        this.#log.error({ err: error, part: name }, "did not stop cleanly");
      }
    }
  }
}
