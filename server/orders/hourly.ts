import type { Context } from "../context.ts";
import type { Hourly } from "../contracts/api/orders.ts";
import { readSnapshot } from "../db/read-snapshot.ts";
import { NotFound } from "../lib/errors.ts";
import { hourFiguresOf } from "./hour-figures.ts";
import { storedHours } from "./stored-hours.ts";

/**
 * Figures of a business date by the hour; without a date, of today (rules O4, O5, O7), as an earlier revision had them
 * if one is named (rule O6).
 * @throws {NotFound} the day has no such revision
 */
export async function hourly(
  ctx: Pick<Context, "pool" | "epoch" | "time" | "now">,
  query: { readonly date?: string | undefined; readonly revision?: number | undefined },
): Promise<Hourly> {
  const openHour = ctx.time.hourOf(ctx.now());
  const date = query.date ?? ctx.time.dateOf(ctx.now());
  const { value, snapshot } = await readSnapshot(ctx, async (db) => ({
    hours: await storedHours(db, date, query.revision),
    day: await db.query<{ revision: number }>("SELECT revision FROM order_day WHERE biz_date = $1", [date]),
    stream: await db.query<{ watermark: string | null }>(
      "SELECT watermark FROM stream WHERE name = 'orders'",
    ),
  }));
  const currentRevision = value.day.rows[0]?.revision ?? 0;
  const revision = query.revision ?? currentRevision;
  if (revision > currentRevision) throw new NotFound(`The day ${date} has no revision ${revision}.`);
  const watermark = value.stream.rows[0]?.watermark ?? null;
  return {
    date,
    zone: ctx.time.zone,
    revision,
    closed: revision > 0,
    completeTo: watermark === null ? null : new Date(Number(watermark)).toISOString(),
    hours: value.hours.map((hour) => hourFiguresOf(hour, openHour)),
    snapshot,
  };
}
