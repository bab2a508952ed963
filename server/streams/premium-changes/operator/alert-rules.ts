/** The thresholds in force, in their version. */
export interface AlertRules {
  readonly version: number;
  /** Rule K4. Hundredths of a percent: 1500 is 15 %. */
  readonly stepBasisPoints: bigint;
  /** Rule K5. Hundredths of a percent. */
  readonly cumulativeBasisPoints: bigint;
}

export type RuleName = "step" | "cumulative";

/** What the rules look at; amounts in fen. */
export interface Drop {
  readonly now: bigint;
  readonly baseline: bigint;
  /** Highest baseline since listing or since the last closed case. */
  readonly anchor: bigint;
  /** Least amount that stands as an occurrence in the open case; null: none does. */
  readonly lowest: bigint | null;
}

const WHOLE = 10_000n;

/** The rules that fire, in a fixed order. */
export function firingRules(drop: Drop, rules: AlertRules): RuleName[] {
  const names: RuleName[] = [];
  if (isBelow(drop.now, drop.baseline, rules.stepBasisPoints)) names.push("step");
  const isLowest = drop.lowest === null || drop.now < drop.lowest;
  if (isLowest && isBelow(drop.now, drop.anchor, rules.cumulativeBasisPoints)) names.push("cumulative");
  return names;
}

/** Exactly: a drop of just the threshold does not fire, and below nothing there is nothing. */
function isBelow(now: bigint, from: bigint, basisPoints: bigint): boolean {
  return now * WHOLE < from * (WHOLE - basisPoints);
}
