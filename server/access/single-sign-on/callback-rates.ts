import { RateLimiterMemory } from "rate-limiter-flexible";
import { TooBusy } from "#server/lib/errors.ts";

/** A company behind one address signs in at nine; whoever makes codes up asks a thousand times. Per process. */
const PER_MINUTE = 120;
const WINDOW_S = 60;

const ROUNDS = new RateLimiterMemory({ points: PER_MINUTE, duration: WINDOW_S });

/**
 * Counts a round to a provider, before the provider is asked: each costs calls of its quota, which is everybody's.
 * @param share as `shareOf` tells
 * @throws {TooBusy}
 */
export async function countRound(share: string): Promise<void> {
  await ROUNDS.consume(share).catch((spent: unknown) => {
    if (spent instanceof Error) throw spent;
    throw new TooBusy(
      "Too many sign-ins come from your network at this moment; try again in a minute.",
      WINDOW_S,
    );
  });
}
