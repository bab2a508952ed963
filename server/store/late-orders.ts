import type pg from "pg";

type Queryable = Pick<pg.ClientBase, "query">;

/** Notes which orders of a commit came after their day had closed, by date; the log holds them. */
export async function writeLateOrders(
  db: Queryable,
  position: number,
  late: ReadonlyMap<string, readonly bigint[]>,
): Promise<void> {
  for (const [date, seqs] of late) {
    await db.query("INSERT INTO late_order (position, biz_date, seqs) VALUES ($1, $2, $3)", [
      position,
      date,
      seqs,
    ]);
  }
}

/** Numbers of all late orders in the log after `position`. */
export async function readLateAfter(db: Queryable, position: number): Promise<Set<bigint>> {
  const { rows } = await db.query<{ seq: string }>(
    "SELECT unnest(seqs) AS seq FROM late_order WHERE position > $1",
    [position],
  );
  return new Set(rows.map((row) => BigInt(row.seq)));
}

/** Numbers of the late orders of a business date that no revision has taken in. */
export async function readLateOf(db: Queryable, date: string): Promise<Set<bigint>> {
  const { rows } = await db.query<{ seq: string }>(
    "SELECT unnest(seqs) AS seq FROM late_order WHERE biz_date = $1 AND revision IS NULL",
    [date],
  );
  return new Set(rows.map((row) => BigInt(row.seq)));
}
