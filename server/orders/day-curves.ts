import { setImmediate as yieldToEvents } from "node:timers/promises";
import type pg from "pg";
import type { Context } from "../context.ts";
import { type DayCurve, DayCurveDrawing } from "../streams/orders/operator/day-curve.ts";
import { readDayOrders } from "../streams/orders/tables/day-orders.ts";
import { newestOrdersOf } from "./newest-orders-of.ts";

type Needs = Pick<Context, "pool" | "cipher" | "time">;

interface Kept {
  /** Commit position of the newest logged batch that holds an order of the day, and the day's revision. */
  readonly position: string;
  readonly curve: Promise<DayCurve>;
}

/** What an average takes, and what others look at meanwhile: each holds some megabytes of a day with a million orders. */
const KEPT_DAYS = 8;
const keptBy = new WeakMap<pg.Pool, Map<string, Kept>>();

/**
 * How a day stood at each of its minutes, drawn from the log. Drawn once, and anew when a batch with orders of that day
 * has been committed since. Null: the log holds no order of the day.
 */
export async function dayCurve(ctx: Needs, date: string): Promise<DayCurve | null> {
  const position = await newestOrdersOf(ctx, date);
  if (position === null) return null;
  const kept = keptBy.get(ctx.pool) ?? new Map<string, Kept>();
  keptBy.set(ctx.pool, kept);
  const known = kept.get(date);
  if (known?.position === position) return known.curve;
  const curve = draw(ctx, date);
  kept.delete(date);
  kept.set(date, { position, curve });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_DAYS) break;
    kept.delete(oldest);
  }
  curve.catch(() => kept.delete(date)); // the caller hears the error; the next one tries again
  return curve;
}

/** Lets other work in between: a day may hold a million orders. */
async function draw({ pool, cipher, time }: Needs, date: string): Promise<DayCurve> {
  const drawing = new DayCurveDrawing(date, time);
  for await (const { event } of readDayOrders(pool, cipher, time, date)) drawing.add(event);
  const work = drawing.draw();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await yieldToEvents();
  }
}
