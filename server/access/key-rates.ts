import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Scope } from "../contracts/scopes.ts";
import { TooBusy } from "../lib/errors.ts";

const WINDOW_S = 60;
const USUAL = 600;

/**
 * Requests a minute that a key may send when nobody says otherwise; null: as many as come. What sends events is bounded by the
 * queue, in bytes, and the recommender asks as often as pages are shown.
 */
const USUAL_OF: Readonly<Record<Scope, number | null>> = {
  ingest: null,
  replay: null,
  features: null,
  read: USUAL,
  "key-users": USUAL,
};

/** The widest of its scopes'. */
export function usualPerMinute(scopes: readonly Scope[]): number | null {
  return scopes.some((scope) => USUAL_OF[scope] === null) ? null : USUAL;
}

/**
 * Counts the requests of keys that have a limit, from the first one of a minute on. In memory, so by process: a request costs no
 * write, and of several processes each takes as many. A request that is refused counts as well.
 */
export class KeyRates {
  readonly #counts = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_S });

  /** @throws {TooBusy} the minute's requests are used up; it says when the next minute begins */
  async take(keyId: string, perMinute: number): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.#counts.consume(keyId);
    if (consumedPoints <= perMinute) return;
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    throw new TooBusy(
      `This API key may send ${perMinute} requests a minute; send again in ${seconds} s.`,
      seconds,
    );
  }
}
