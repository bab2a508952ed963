/** Hours that a case may be put off for. */
export const SNOOZES = ["1", "24", "72", "168"] as const;
const HOUR_MS = 3_600_000;

/** The time, ISO 8601, that lies so many hours after `now`, ms. */
export const snoozedFor = (hours: (typeof SNOOZES)[number], now: number): string =>
  new Date(now + Number(hours) * HOUR_MS).toISOString();
