import { type BusinessTime, QUARTER_MS } from "../contracts/business-time.ts";

const MINUTE_MS = 60_000;
/** Minute from which the whole day counts, however long a clock change made it. */
export const WHOLE_DAY = 1440;

/**
 * When the clock on the wall shows a minute on a business date, ms, end of the day for 1440 (rule O13): of a minute that comes twice
 * its second passage; for one that the clock leaves out, the moment at which it does.
 */
export function momentOf(time: BusinessTime, date: string, minute: number): number {
  const end = time.endOf(date);
  if (minute >= WHOLE_DAY) return end;
  let passage: number | null = null;
  let leap: number | null = null;
  for (let quarter = time.startOf(date); quarter < end; quarter += QUARTER_MS) {
    const into = minute - time.minuteOf(quarter);
    if (into >= 0 && into < QUARTER_MS / MINUTE_MS) passage = quarter + into * MINUTE_MS;
    else if (into < 0) leap ??= quarter;
  }
  return passage ?? leap ?? end;
}

/** The minute to which a day is compared now: the running one of today, the whole of any other day. */
export const minuteNow = (time: BusinessTime, date: string, now: number): number =>
  time.dateOf(now) === date ? time.minuteOf(now) : WHOLE_DAY;
