const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** Attempts before a delivery is dead: most of a day. */
export const MAX_ATTEMPTS = 30;

/**
 * How long to wait after the given number of failed attempts, ms: doubling up to an hour, between half and all of that so
 * that many do not come back at once.
 * @param random in [0, 1)
 */
export function backOffMs(attempts: number, random: number): number {
  const whole = Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);
  return Math.round(whole * (0.5 + random / 2));
}
