import type pg from "pg";
import type { Context } from "../context.ts";
import type { UsualGap } from "../contracts/api/orders.ts";
import { addDays, type BusinessTime } from "../contracts/business-time.ts";
import { spanOfHour } from "./span-of-hour.ts";

type Needs = Pick<Context, "pool" | "time" | "now">;

/** Days that are looked back at, and how many of them must have gaps at the hour. */
const DAYS = 14;
const LEAST_DAYS = 7;
/** Until there are so many, ms. */
const UNTIL_THEN_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

// Last orders of a day that follow one another, the later one within the hour. Rows of a day lie in the order of their time, so only
// the hour's own blocks are read.
const GAPS = `
  SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY gap) AS after, count(DISTINCT day)::int AS days FROM (
    SELECT s.day, l.gmt_modified >= s.starts AS is_within,
      l.gmt_modified - lag(l.gmt_modified) OVER (PARTITION BY s.day ORDER BY l.gmt_modified) AS gap
    FROM unnest($1::date[], $2::bigint[], $3::bigint[]) AS s(day, starts, ends)
      JOIN last_order l ON l.biz_date = s.day AND l.gmt_modified >= s.starts - ${HOUR_MS} AND l.gmt_modified < s.ends
  ) gaps WHERE is_within AND gap IS NOT NULL`;

const keptBy = new WeakMap<pg.Pool, { readonly hour: string; readonly gap: Promise<UsualGap> }>();

/** How long the source is silent at most at this hour, on 99 of 100 occasions of past days (rule C14); read once an hour. */
export function usualGap(ctx: Needs): Promise<UsualGap> {
  const hour = ctx.time.hourOf(ctx.now());
  const kept = keptBy.get(ctx.pool);
  if (kept?.hour === hour) return kept.gap;
  const gap = readGap(ctx.pool, ctx.time, ctx.time.dateOf(ctx.now()), hour);
  keptBy.set(ctx.pool, { hour, gap });
  gap.catch(() => keptBy.delete(ctx.pool)); // the caller hears the error; the next one tries again
  return gap;
}

async function readGap(pool: pg.Pool, time: BusinessTime, today: string, hour: string): Promise<UsualGap> {
  const spans = Array.from({ length: DAYS }, (_, back) => addDays(today, -1 - back)).flatMap((date) => {
    const span = spanOfHour(`${date.replaceAll("-", "")}${hour.slice(8)}`, time);
    return span ? [{ date, ...span }] : [];
  });
  const { rows } = await pool.query<{ after: string | null; days: number }>(GAPS, [
    spans.map(({ date }) => date),
    spans.map(({ start }) => start),
    spans.map(({ end }) => end),
  ]);
  const { after = null, days = 0 } = rows[0] ?? {};
  const isKnown = after !== null && days >= LEAST_DAYS;
  return { hour, days, usualMs: isKnown ? Number(after) : UNTIL_THEN_MS };
}
