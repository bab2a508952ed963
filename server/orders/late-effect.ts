import type { Context } from "../context.ts";
import type { LateEffect } from "../contracts/api/days.ts";
import { shownValues } from "../contracts/hour-measures.ts";
import { readSnapshot } from "../db/read-snapshot.ts";
import { applyLate } from "../streams/orders/operator/apply-late.ts";
import { readLateOrders } from "../streams/orders/tables/late-orders.ts";
import { loadDay } from "../streams/orders/tables/load-day.ts";
import { requireCovered } from "./require-covered.ts";
import { requireOrders } from "./require-kept.ts";

/**
 * What a closed day's late orders would change (rule O6).
 * @throws {Gone} its orders are not kept any more
 * @throws {Unavailable} its rows are still being written behind
 */
export async function lateEffect(
  ctx: Pick<Context, "pool" | "epoch" | "time" | "cipher">,
  date: string,
): Promise<LateEffect> {
  await requireOrders(ctx.pool, date);
  const { value } = await readSnapshot(ctx, async (db) => {
    await requireCovered(db, ctx.time, date);
    const late = await readLateOrders(db, ctx.cipher, date);
    const revision = await db.query<{ revision: number }>(
      "SELECT revision FROM order_day WHERE biz_date = $1",
      [date],
    );
    // Without late orders there is nothing to compute, and a day may be large.
    const day = late.orders.length === 0 ? null : await loadDay(db, date, ctx.time, ctx.cipher);
    return { late, day, revision: revision.rows[0]?.revision ?? 0 };
  });
  const outcome = value.day && applyLate(value.day, value.late.orders, ctx.time);
  const hours = (outcome?.hours ?? []).map(({ before, after }) => ({
    bizHour: before.bizHour,
    before: shownValues(before),
    after: shownValues(after),
  }));
  return {
    date,
    revision: value.revision,
    lateEvents: value.late.orders.length,
    hours: hours.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
  };
}
