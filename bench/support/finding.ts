import { median } from "./figures.ts";

/** What a figure should be: at least, or at most, so much. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One side of a comparison: what was measured, in which unit, once a pair. */
export interface Side {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly median: number;
}

/** One figure of a benchmark beside its target. */
export interface Finding {
  readonly name: string;
  readonly ours: Side;
  /** null where the target is a figure of its own and no ratio. */
  readonly against: Side | null;
  /** The median of the pairs' ratios ours / against; without another side, the median of ours. */
  readonly figure: number;
  readonly target: Target;
  readonly met: boolean;
}

/** Both sides as one pair measured them, in turn. */
export interface Pair {
  readonly ours: number;
  readonly against: number;
}

interface Sides {
  readonly unit: string;
  readonly ours: string;
  readonly against: string;
  readonly target: Target;
}

/** Two things measured in turn, often: their ratio beside its target. */
export function comparison(name: string, sides: Sides, pairs: readonly Pair[]): Finding {
  const { unit, target } = sides;
  const ours = sideOf(
    sides.ours,
    unit,
    pairs.map((pair) => pair.ours),
  );
  const against = sideOf(
    sides.against,
    unit,
    pairs.map((pair) => pair.against),
  );
  const figure = median(pairs.map((pair) => pair.ours / pair.against));
  return { name, ours, against, figure, target, met: meets(figure, target) };
}

/** A figure that has a target without another side. */
export function absolute(
  name: string,
  { what, unit, target }: { readonly what: string; readonly unit: string; readonly target: Target },
  values: readonly number[],
): Finding {
  const ours = sideOf(what, unit, values);
  return { name, ours, against: null, figure: ours.median, target, met: meets(ours.median, target) };
}

function sideOf(what: string, unit: string, values: readonly number[]): Side {
  return { what, unit, values, median: median(values) };
}

function meets(figure: number, target: Target): boolean {
  return "atLeast" in target ? figure >= target.atLeast : figure <= target.atMost;
}
