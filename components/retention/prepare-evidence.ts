import type { Occurrence } from "#server/contracts/api/retention.ts";
import { dropPercent } from "#server/contracts/drop-percent.ts";
import { formatFen, parseFen } from "#server/contracts/money.ts";

/** Why a rule fired, in figures that follow from each other. Amounts decimal. */
export interface Reason {
  readonly rule: Occurrence["rules"][number];
  /** What the amount of then is compared with: the baseline before, or the anchor. */
  readonly reference: string;
  /** How much of it was given up, percent with four decimals. */
  readonly percent: string;
  /** Below this amount the rule fires. */
  readonly limit: string;
  /** The limit in percent of the reference. */
  readonly limitPercent: number;
}

/** The rules of an occurrence, each with what it compared. */
export function prepareReasons(found: Occurrence): Reason[] {
  return found.rules.map((rule) => {
    const [reference, threshold] =
      rule === "step" ? [found.baselineBefore, found.stepPercent] : [found.anchor, found.cumulativePercent];
    const fen = parseFen(reference) ?? 0n;
    return {
      rule,
      reference,
      percent: dropPercent(fen, parseFen(found.amountNow) ?? 0n),
      limit: formatFen(limitOf(fen, threshold)),
      limitPercent: 100 - Number(threshold),
    };
  });
}

/** The least amount at which the rule does not fire, fen. */
function limitOf(reference: bigint, threshold: string): bigint {
  const kept = 10_000n - (parseFen(threshold) ?? 0n); // hundredths of a percent
  return (reference * kept + 9_999n) / 10_000n;
}
