import { setTimeout as wait } from "node:timers/promises";
import type { Say } from "./settings.ts";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;

/** An answer that another try will not change. */
export class Refused extends Error {
  override name = "Refused";
}

/**
 * Tries until it works: the server may be starting, stopping or busy.
 * @throws {Refused} as the work does; and when the signal aborts
 */
export async function persist<T>(work: () => Promise<T>, say: Say, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused) throw error;
      const pause = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));
      if (attempt === 4) say({ level: "warn", message: `waiting for Tidewatch: ${String(error)}` });
      await wait(pause, undefined, { signal });
    }
  }
}
