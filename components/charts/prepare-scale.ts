import type { BarColumn } from "./bar-column.ts";

/** An axis with zero on it: its least and greatest value and the distance of its lines. */
export interface Scale {
  readonly bottom: number;
  readonly top: number;
  readonly step: number;
}

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Round figures, about `intervals` of them, and room for every bar. It changes seldom while bars grow. */
export function prepareScale(columns: readonly BarColumn[], intervals: number): Scale {
  const values = columns.flatMap(valuesOf);
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (lowest === highest) return { bottom: 0, top: 1, step: 1 / intervals };
  // Zero is a line: each side is a whole number of steps, and together not many more than asked for.
  let step = niceStep((highest - lowest) / intervals);
  while (linesOf(lowest, highest, step) > intervals + 1 && lowest < 0 && highest > 0)
    step = niceStep(step * 1.01);
  return { bottom: 0 - whole(-lowest / step) * step, top: whole(highest / step) * step, step };
}

const linesOf = (lowest: number, highest: number, step: number) =>
  whole(-lowest / step) + whole(highest / step);

/** Rounded up, but for what floating point adds. */
const whole = (count: number) => Math.max(0, Math.ceil(count - 1e-9));

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (NICE.find((factor) => factor * power >= rough * (1 - 1e-12)) ?? 10) * power;
}

/** What a column draws. */
export const valuesOf = ({ solid, outline, compared }: BarColumn): number[] =>
  [solid, outline, compared].filter((value) => value !== null);
