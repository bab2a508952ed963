/**
 * How much of a reference was given up, percent with four decimals, rounded half up; nothing where as much or more is left: an
 * amount that creeps down may stand above its baseline.
 * @param reference fen, e.g. the baseline before
 * @param now fen
 */
export function dropPercent(reference: bigint, now: bigint): string {
  if (reference <= now) return "0.0000";
  const tenThousandths = ((reference - now) * 2_000_000n + reference) / (reference * 2n);
  const digits = tenThousandths.toString().padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
