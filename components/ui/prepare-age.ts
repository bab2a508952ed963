/** A length of time in its largest fitting unit, e.g. 75 s is 1 minute. */
export interface Age {
  readonly unit: "second" | "minute" | "hour" | "day";
  readonly count: number;
}

const UNITS = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

/** Whole units, rounded down; below ten seconds with one decimal. */
export function prepareAge(seconds: number): Age {
  const positive = Math.max(0, seconds);
  for (const { unit, seconds: length } of UNITS) {
    if (positive >= 2 * length) return { unit, count: Math.floor(positive / length) };
  }
  return { unit: "second", count: positive < 10 ? Math.round(positive * 10) / 10 : Math.round(positive) };
}
