import type pg from "pg";
import type { Queryable } from "./queryable.ts";

/** Tables that lie in monthly partitions, and the date that decides in which. */
export const PARTITIONED = {
  event_log: "committed_on",
  commit_feed: "committed_on",
  last_order: "biz_date",
  personal_block: "biz_date",
  gross_order: "biz_date",
  hour_cause: "biz_date",
  dead_letter: "received_on",
} as const satisfies Record<string, string>;
export type PartitionedTable = keyof typeof PARTITIONED;

/** A part of a table: all rows with a date before `end` that no earlier part has. */
export interface Partition {
  readonly name: string;
  /** First date that it does not hold, yyyy-MM-dd; null: it takes what no other does. */
  readonly end: string | null;
}

/** Percent of a page that new rows fill: a last order is replaced often, within its page where there is room. */
const FILL: Record<PartitionedTable, number> = {
  event_log: 100,
  commit_feed: 100,
  last_order: 80,
  personal_block: 100,
  gross_order: 100,
  hour_cause: 100,
  dead_letter: 100,
};
/** Months that are made ahead: a system that stood still for weeks still finds its own. */
const MONTHS_AHEAD = 2;
/** Whoever holds a table longer is waited for another time: behind us the writer would wait as well. */
const LOCK_TIMEOUT = "2s";

/** In order of their dates; the one without an end is last. */
export async function partitionsOf(db: Queryable, table: PartitionedTable): Promise<Partition[]> {
  const { rows } = await db.query<Partition>(
    `SELECT c.relname AS name, substring(pg_get_expr(c.relpartbound, c.oid) FROM $$TO \\('(.+)'\\)$$) AS "end"
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass ORDER BY "end" NULLS LAST`,
    [table],
  );
  return rows;
}

/** Makes the partitions of this month and of those that follow, where they are missing. `today`: yyyy-MM-dd. */
export async function makePartitionsAhead(pool: pg.Pool, today: string): Promise<void> {
  for (const table of Object.keys(PARTITIONED) as PartitionedTable[]) {
    const existing = await partitionsOf(pool, table);
    const newest = existing.findLast(({ end }) => end !== null)?.end ?? "";
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
      const month = monthOf(today, ahead);
      if (month >= newest) await inLockedTurn(pool, (db) => makePartition(db, table, month));
    }
  }
}

/** First day of the month that lies so many months after the date's own, yyyy-MM-dd. */
export function monthOf(date: string, monthsAfter = 0): string {
  const [year = 0, month = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + monthsAfter, 1)).toISOString().slice(0, 10);
}

/** What lies in the rest already moves: a partition may not claim rows that another holds. */
async function makePartition(db: Queryable, table: PartitionedTable, month: string): Promise<void> {
  const name = `${table}_${month.slice(0, 7).replace("-", "_")}`;
  const end = monthOf(month, 1);
  const known = await partitionsOf(db, table);
  if (known.some((partition) => partition.name === name)) return;
  const rest = `${table}_rest`;
  const key = PARTITIONED[table];
  await db.query(`LOCK TABLE ${rest} IN ACCESS EXCLUSIVE MODE`);
  await db.query(
    `CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING INDEXES) WITH (fillfactor = ${FILL[table]})`,
  );
  await db.query(
    `WITH moved AS (DELETE FROM ${rest} WHERE ${key} >= '${month}' AND ${key} < '${end}' RETURNING *)
     INSERT INTO ${name} SELECT * FROM moved`,
  );
  await db.query(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${month}') TO ('${end}')`);
}

/** One process at a time changes partitions, in a transaction that gives up rather than hold up the writer. */
export async function inLockedTurn<T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query("SELECT pg_advisory_xact_lock(hashtext('tidewatch partitions'))");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
}
