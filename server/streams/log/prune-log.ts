import type pg from "pg";
import { inLockedTurn, type Partition, partitionsOf } from "#server/db/partitions.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** Why a part of the log is still needed. */
export type LogNeed = "replay" | "late orders" | "open day";

export interface PruneOutcome {
  /** Partitions that went, or lost rows. */
  readonly pruned: readonly string[];
  /** Partitions old enough to go that something still needs. */
  readonly kept: readonly { readonly partition: string; readonly need: string }[];
}

/**
 * Deletes what was committed before `cutoff`, partition by partition, the commit feed with it, and notes on each business day that
 * lost orders of its log. Kept: what a restart replays, orders that came late and may still be applied, the log of open days.
 * @param zone business time zone
 */
export async function pruneLog(pool: pg.Pool, cutoff: string, zone: string): Promise<PruneOutcome> {
  const pruned: string[] = [];
  const kept: { partition: string; need: LogNeed }[] = [];
  for (const partition of await partitionsOf(pool, "event_log")) {
    if (partition.end !== null && partition.end > cutoff) continue;
    const need = await inLockedTurn(pool, (db) => letGo(db, partition, cutoff, zone));
    if (need === null) pruned.push(partition.name);
    else if (need !== "nothing there") kept.push({ partition: partition.name, need });
  }
  return { pruned, kept };
}

async function letGo(
  db: Queryable,
  { name, end }: Partition,
  cutoff: string,
  zone: string,
): Promise<LogNeed | "nothing there" | null> {
  const old = `(SELECT * FROM ${name} WHERE committed_on < '${cutoff}')`;
  if (end === null && !(await holds(db, `SELECT 1 FROM ${old} e`))) return "nothing there";
  const need = await needOf(db, old, zone);
  if (need !== null) return need;
  await db.query(`UPDATE order_day d SET log_pruned = true WHERE NOT log_pruned AND ${touches(old)}`, [zone]);
  await db.query(
    `DELETE FROM late_order l USING ${old} e WHERE e.stream = 'orders' AND e.position = l.position`,
  );
  // What was told of commits goes with the log of their month, and in the order in which a commit writes both.
  for (const table of [name, name.replace("event_log", "commit_feed")]) {
    await db.query(
      end === null
        ? `DELETE FROM ${table} WHERE committed_on < '${cutoff}'`
        : `DROP TABLE IF EXISTS ${table}`,
    );
  }
  return null;
}

async function needOf(db: Queryable, old: string, zone: string): Promise<LogNeed | null> {
  const isReplayed = `SELECT 1 FROM ${old} e JOIN stream s ON s.name = e.stream
    WHERE e.position > s.covered_position`;
  if (await holds(db, isReplayed)) return "replay";
  const isLate = `SELECT 1 FROM late_order l JOIN order_day d USING (biz_date) JOIN ${old} e USING (position)
    WHERE l.revision IS NULL AND NOT d.orders_pruned AND e.stream = 'orders'`;
  if (await holds(db, isLate)) return "late orders";
  const isOpen = `SELECT 1 FROM order_day d WHERE d.revision = 0 AND ${touches(old)}`;
  return (await holds(db, isOpen, [zone])) ? "open day" : null;
}

/** Whether a batch among `old` may hold orders of the day `d`; $1: business time zone. */
const touches = (old: string): string => `EXISTS (SELECT 1 FROM ${old} e WHERE e.stream = 'orders'
  AND e.min_event_time < extract(epoch FROM (d.biz_date + 1)::timestamp AT TIME ZONE $1) * 1000
  AND e.max_event_time >= extract(epoch FROM d.biz_date::timestamp AT TIME ZONE $1) * 1000)`;

async function holds(db: Queryable, query: string, values: readonly unknown[] = []): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(`SELECT EXISTS (${query}) AS found`, [...values]);
  return rows[0]?.found ?? false;
}
