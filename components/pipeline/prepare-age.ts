/** A length of time in its largest fitting unit, e.g. 75 s is 1 minute. */
export interface Age {
  readonly unit: "seconds" | "minutes" | "hours" | "days";
  readonly count: number;
}

const UNITS = [
  { unit: "days", seconds: 86_400 },
  { unit: "hours", seconds: 3_600 },
  { unit: "minutes", seconds: 60 },
] as const;

/** Whole units, rounded down; below ten seconds with one decimal. */
export function prepareAge(seconds: number): Age {
  const positive = Math.max(0, seconds);
  for (const { unit, seconds: length } of UNITS) {
    if (positive >= 2 * length) return { unit, count: Math.floor(positive / length) };
  }
  return { unit: "seconds", count: positive < 10 ? Math.round(positive * 10) / 10 : Math.round(positive) };
}
