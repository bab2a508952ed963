import type pg from "pg";
import { inLockedTurn, type Partition, type PartitionedTable, partitionsOf } from "#server/db/partitions.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { PruneOutcome } from "#server/streams/log/prune-log.ts";

/**
 * What a business day keeps beside its figures; their partitions have the same bounds. In the order in which whoever writes or
 * reads them takes them: two that wait for each other are broken off.
 */
const TABLES: readonly PartitionedTable[] = ["personal_block", "last_order", "gross_order", "hour_cause"];

/** Closed for good: neither open, nor with late orders that an administrator may still apply. */
const NEEDED = `SELECT d.biz_date FROM order_day d
  WHERE d.biz_date < $1::date AND NOT d.orders_pruned
    AND EXISTS (SELECT 1 FROM last_order o WHERE o.biz_date = d.biz_date)
    AND (d.revision = 0
      OR EXISTS (SELECT 1 FROM late_order l WHERE l.biz_date = d.biz_date AND l.revision IS NULL))`;

/**
 * Deletes the orders of business days before `cutoff`, a month at a time; the figures stay. A month with a day that is
 * open, or whose late orders may still be applied, is kept whole.
 */
export async function pruneOrders(pool: pg.Pool, cutoff: string): Promise<PruneOutcome> {
  const pruned: string[] = [];
  const kept: { partition: string; need: string }[] = [];
  let start = "0001-01-01";
  for (const partition of await partitionsOf(pool, "last_order")) {
    if (partition.end !== null && partition.end > cutoff) continue;
    const span = { start: partition.end === null ? "0001-01-01" : start, cutoff };
    const needed = await inLockedTurn(pool, (db) => letGo(db, partition, span));
    if (needed === null) pruned.push(partition.name);
    else if (needed !== "nothing there") kept.push({ partition: partition.name, need: needed });
    start = partition.end ?? start;
  }
  return { pruned, kept };
}

/** @returns null when the rows went; else why not */
async function letGo(
  db: Queryable,
  { name, end }: Partition,
  { start, cutoff }: { readonly start: string; readonly cutoff: string },
): Promise<string | null> {
  const until = end ?? cutoff;
  const { rows: needed } = await db.query<{ date: string }>(
    `SELECT biz_date::text AS date FROM (${NEEDED}) n WHERE biz_date >= $2 ORDER BY 1`,
    [until, start],
  );
  if (end !== null && needed[0]) return `${needed[0].date} is open or has late orders`;
  const gone = `biz_date < '${until}' AND biz_date <> ALL ('{${needed.map(({ date }) => date).join()}}'::date[])`;
  const { rowCount } = await db.query(`SELECT 1 FROM ${name} WHERE ${gone} LIMIT 1`);
  if (end === null && rowCount === 0) return "nothing there";
  await db.query(
    `UPDATE order_day SET orders_pruned = true WHERE biz_date IN (SELECT biz_date FROM ${name} WHERE ${gone})`,
  );
  for (const table of TABLES) {
    const part = name.replace("last_order", table);
    await db.query(end === null ? `DELETE FROM ${part} WHERE ${gone}` : `DROP TABLE ${part}`);
  }
  return null;
}
