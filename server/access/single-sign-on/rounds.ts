import { RateLimiterMemory } from "rate-limiter-flexible";
import { TooBusy } from "#server/lib/errors.ts";

/** A company behind one address signs in at nine; whoever makes codes up asks a thousand times. Per process. */
const PER_MINUTE = 120;
const WINDOW_S = 60;

/** Rounds to a provider, by who comes back from one: each costs calls of its quota, which is everybody's. */
export class Rounds {
  readonly #counts = new RateLimiterMemory({ points: PER_MINUTE, duration: WINDOW_S });

  /**
   * Counts one, before the provider is asked.
   * @param share as `shareOf` tells
   * @throws {TooBusy}
   */
  async count(share: string): Promise<void> {
    await this.#counts.consume(share).catch((spent: unknown) => {
      if (spent instanceof Error) throw spent;
      const message = "Too many sign-ins come from your network at this moment; try again in a minute.";
      throw new TooBusy(message, WINDOW_S);
    });
  }
}
