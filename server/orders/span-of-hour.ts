import { type BusinessTime, dateOfHour, QUARTER_MS } from "../contracts/business-time.ts";

const HOUR = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])$/;

/**
 * Event times of a business hour in ms, end excluded; an hour that a clock change repeats is one span of two hours. Null
 * when the calendar has no such hour, e.g. one that a clock change leaves out.
 */
export function spanOfHour(bizHour: string, time: BusinessTime): { start: number; end: number } | null {
  const date = dateOfHour(bizHour);
  if (!HOUR.test(bizHour) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return null;
  let start: number | undefined;
  let end = 0;
  for (let quarter = time.startOf(date); quarter < time.endOf(date); quarter += QUARTER_MS) {
    if (time.hourOf(quarter) !== bizHour) continue;
    start ??= quarter;
    end = quarter + QUARTER_MS;
  }
  return start === undefined ? null : { start, end };
}
