import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { Context } from "../context.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import { HOUR_MEASURES, type ShownMeasure, shownValues } from "../contracts/hour-measures.ts";
import type { Difference, VerifiedDay } from "../contracts/verified-day.ts";
import { readSnapshot } from "../db/read-snapshot.ts";
import { readDayOrders } from "../streams/orders/tables/day-orders.ts";
import { NaiveDay } from "./naive-day.ts";
import { keptOf } from "./require-kept.ts";
import { storedHours } from "./stored-hours.ts";

/** Orders between two pauses: other work gets its turn. */
const SLICE = 5_000;

/** Recomputes a business date from the log the naive way and compares it with the stored figures, in one snapshot. */
export async function verifyDay(
  ctx: Pick<Context, "pool" | "epoch" | "time" | "cipher">,
  date: string,
): Promise<VerifiedDay> {
  const { value } = await readSnapshot(ctx, async (db) => {
    const stored = await storedHours(db, date);
    const day = new NaiveDay(ctx.time);
    let orders = 0;
    for await (const { event } of readDayOrders(db, ctx.cipher, ctx.time, date)) {
      day.add(event);
      orders += 1;
      if (orders % SLICE === 0) await yieldToEvents();
    }
    return { stored, recomputed: day.hours(), orders };
  });
  const isLogPruned = !(await keptOf(ctx.pool, date)).log;
  const differences = isLogPruned ? [] : compareHours(value.stored, value.recomputed);
  return { date, orders: value.orders, hours: value.recomputed.length, differences, isLogPruned };
}

/** Business dates that had orders, the newest first: also one of which every figure is lost. */
export async function datesWithOrders({ pool }: Pick<Context, "pool">): Promise<string[]> {
  const { rows } = await pool.query<{ date: string }>(
    "SELECT biz_date::text AS date FROM order_day ORDER BY biz_date DESC",
  );
  return rows.map((row) => row.date);
}

/** Of which days a verification is due. */
export interface Due {
  /** These dates in any case, the last excluded. */
  readonly since: string;
  readonly until: string;
  /** Earlier ones of which a figure has changed since this commit position. */
  readonly changedSince: number;
  /** Earlier ones that were wrong before. */
  readonly wrong: readonly string[];
}

export async function datesDue({ pool }: Pick<Context, "pool">, due: Due): Promise<string[]> {
  const { rows } = await pool.query<{ date: string }>(
    `SELECT biz_date::text AS date FROM order_day d WHERE biz_date < $2 AND (biz_date >= $1 OR biz_date = ANY ($4::date[])
       OR EXISTS (SELECT 1 FROM hour_figure h WHERE h.biz_date = d.biz_date AND h.position > $3)) ORDER BY biz_date DESC`,
    [due.since, due.until, due.changedSince, due.wrong],
  );
  return rows.map((row) => row.date);
}

function compareHours(stored: readonly HourAggregate[], recomputed: readonly HourAggregate[]): Difference[] {
  const left = new Map(stored.map((hour) => [hour.bizHour, figuresOf(hour)]));
  const right = new Map(recomputed.map((hour) => [hour.bizHour, figuresOf(hour)]));
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((bizHour) => {
    const figures = Object.keys(left.get(bizHour) ?? right.get(bizHour) ?? {});
    return figures.flatMap((figure) => {
      const [was, is] = [left.get(bizHour)?.[figure] ?? "none", right.get(bizHour)?.[figure] ?? "none"];
      return was === is ? [] : [{ bizHour, figure, stored: was, recomputed: is }];
    });
  });
}

/** By column; winners are no figure, and a naive day counts none. */
const figuresOf = (hour: HourAggregate): Record<string, string> =>
  Object.fromEntries(
    Object.entries(shownValues(hour)).map(([name, value]) => [
      HOUR_MEASURES[name as ShownMeasure].column,
      String(value),
    ]),
  );
