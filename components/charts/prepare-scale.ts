import type { BarColumn } from "./bar-column.ts";

/** An axis from zero: its greatest value and the distance of its lines. */
export interface Scale {
  readonly top: number;
  readonly step: number;
}

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Round figures, about `intervals` of them, and room for the highest bar. It changes seldom while bars grow. */
export function prepareScale(columns: readonly BarColumn[], intervals: number): Scale {
  const highest = Math.max(1, ...columns.map(topOf));
  const rough = highest / intervals;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = NICE.find((factor) => factor * power >= rough) ?? 10;
  const step = nice * power;
  return { step, top: Math.ceil(highest / step) * step };
}

/** The highest thing that a column draws; negative figures draw nothing. */
export function topOf({ solid, outline, ghost }: BarColumn): number {
  return Math.max(0, solid ?? 0, outline ?? 0, ghost ?? 0);
}
