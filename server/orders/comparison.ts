import type { Context } from "../context.ts";
import type { ComparedHour, Comparison, DayTotals } from "../contracts/api/orders.ts";
import { type ComparedWith, comparedDays } from "../contracts/compared-days.ts";
import { meanMeasures, shownValues, sumMeasures } from "../contracts/hour-measures.ts";
import { type DayHours, hoursByClock, meanHours } from "./compared-hours.ts";
import { dayCurve } from "./day-curves.ts";
import { keptOf } from "./require-kept.ts";
import { minuteNow, momentOf, WHOLE_DAY } from "./same-minute.ts";
import { storedHours } from "./stored-hours.ts";

type Needs = Pick<Context, "pool" | "cipher" | "time" | "now">;

interface ComparisonQuery {
  readonly date: string;
  readonly with: ComparedWith;
  /** Of the wall clock; default: see minuteNow. */
  readonly minute?: number | undefined;
}

/** One of the days that are compared with; null: how it stood then is not known any more. */
interface ComparedDay {
  readonly date: string;
  readonly whole: DayHours;
  readonly until: DayHours | null;
}

const MINUTE_MS = 60_000;

/**
 * What a day is compared with (rule O13): whole hours, and how they stood when the wall showed the same minute. What happened
 * later that day counts neither by itself nor as the reason why something earlier was replaced.
 */
export async function comparison(ctx: Needs, query: ComparisonQuery): Promise<Comparison> {
  const minute = query.minute ?? minuteNow(ctx.time, query.date, ctx.now());
  const found: ComparedDay[] = [];
  // One after the other: each may be a million orders to read.
  for (const date of comparedDays(query.date, query.with)) {
    const day = await comparedDay(ctx, date, minute);
    if (day.whole.size > 0) found.push(day);
  }
  const known = found.filter((day) => day.until !== null);
  const days = known.length > 0 ? known : found;
  const until = known.length > 0 ? known.map((day) => day.until ?? new Map()) : null;
  return {
    date: query.date,
    with: query.with,
    minute,
    days: days.map((day) => day.date),
    totals: until && meanTotals(until),
    hoursThen: until && shownHours(meanHours(until)),
    hours: shownHours(meanHours(days.map((day) => day.whole))),
    wholeTotals: days.length === 0 ? null : meanTotals(days.map((day) => day.whole)),
  };
}

async function comparedDay(ctx: Needs, date: string, minute: number): Promise<ComparedDay> {
  const whole = hoursByClock(await storedHours(ctx.pool, date));
  if (minute >= WHOLE_DAY || whole.size === 0) return { date, whole, until: whole };
  const curve = (await keptOf(ctx.pool, date)).log ? await dayCurve(ctx, date) : null;
  const elapsed = (momentOf(ctx.time, date, minute) - ctx.time.startOf(date)) / MINUTE_MS;
  const hours = curve?.[elapsed];
  return { date, whole, until: hours ? hoursByClock(hours) : null };
}

/** Means of totals are taken of totals, not of rounded hours. */
function meanTotals(days: readonly DayHours[]): DayTotals {
  const sums = sumMeasures(days.flatMap((hours) => [...hours.values()]));
  return shownValues(meanMeasures(sums, days.length));
}

const shownHours = (hours: DayHours): ComparedHour[] =>
  [...hours]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clock, values]) => ({ clock, ...shownValues(values) }));
