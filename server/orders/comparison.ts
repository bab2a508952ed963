import type { Context } from "../context.ts";
import type { Comparison } from "../contracts/api/orders.ts";
import { addDays } from "../contracts/business-time.ts";
import { shownValues } from "../contracts/hour-measures.ts";
import { dayCurve } from "./day-curves.ts";
import { hourFiguresOf } from "./hour-figures.ts";
import { storedHours } from "./stored-hours.ts";

/** Minute from which the whole day counts, however long a clock change made it. */
const WHOLE_DAY = 1440;

interface ComparisonQuery {
  readonly date: string;
  readonly with?: string | undefined;
  readonly minute: number;
}

/**
 * Another day beside `date`: its whole hours, and its totals as they stood at the same minute of its own. What happened
 * later that day counts neither by itself nor as the reason why something earlier was replaced.
 */
export async function comparison(
  ctx: Pick<Context, "pool" | "cipher" | "time" | "now">,
  query: ComparisonQuery,
): Promise<Comparison> {
  const other = query.with ?? addDays(query.date, -1);
  const hours = await storedHours(ctx.pool, other);
  const curve = await dayCurve(ctx, other);
  const totals = query.minute >= WHOLE_DAY ? curve?.at(-1) : curve?.[query.minute];
  const openHour = ctx.time.hourOf(ctx.now());
  return {
    date: query.date,
    with: other,
    minute: query.minute,
    totals: totals ? shownValues(totals) : null,
    hours: hours.map((hour) => hourFiguresOf(hour, openHour)),
  };
}
