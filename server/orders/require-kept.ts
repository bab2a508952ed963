import type { Queryable } from "../db/queryable.ts";
import { Gone } from "../lib/errors.ts";

interface Kept {
  readonly log: boolean;
  readonly orders: boolean;
}

/**
 * What of a business day has not been deleted. Ask after reading what it is about: a table that goes is gone from older
 * snapshots as well.
 */
export async function keptOf(db: Queryable, date: string): Promise<Kept> {
  const { rows } = await db.query<Kept>(
    `SELECT NOT log_pruned AS log, NOT orders_pruned AS orders FROM order_day WHERE biz_date = $1`,
    [date],
  );
  return rows[0] ?? { log: true, orders: true };
}

/** @throws {Gone} the day's orders have been deleted */
export async function requireOrders(db: Queryable, date: string): Promise<void> {
  if ((await keptOf(db, date)).orders) return;
  throw new Gone(`The orders of ${date} are older than is kept (KEEP_ORDERS); its figures stay as they are.`);
}
