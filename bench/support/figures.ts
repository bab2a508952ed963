/** The middle of the values; of an even number, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("there is no median of nothing");
  return middle;
}

/** 71234.5 → "71,235" */
export const whole = (value: number): string => Math.round(value).toLocaleString("en");

/** One line a target: name, what was measured, what it should be, and whether it is. */
export function verdict(name: string, measured: string, target: string, holds: boolean): string {
  return `${holds ? "✓" : "✗"} ${name}: ${measured} (target ${target})`;
}
