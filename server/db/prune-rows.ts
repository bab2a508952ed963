import type pg from "pg";

/** Rows a statement: short transactions beside the writer's. */
const CHUNK = 5_000;

/** Deletes notices written before `cutoff` whose deliveries have all ended, and of these. @returns how many notices */
export function pruneNotices(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(
    pool,
    `WITH gone AS (DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox o WHERE created_at < $1 AND routed_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.outbox_id = o.id AND d.state = 'pending')
       ORDER BY id LIMIT ${CHUNK}) RETURNING id)
     SELECT count(*)::int AS count FROM gone`,
    [cutoff],
  );
}

/**
 * Deletes details of audit entries from before `cutoff`, addresses among them; the entries stay. The database keeps the last 30
 * days whatever the cutoff.
 * @returns how many
 */
export function pruneAuditDetails(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(pool, `SELECT prune_audit_details($1, ${CHUNK}) AS count`, [cutoff]);
}

/** What expired proposals would have done is of no more use; that they were made stays. @returns how many */
export function emptyExpiredProposals(pool: pg.Pool, now: Date): Promise<number> {
  return inChunks(
    pool,
    `WITH emptied AS (UPDATE proposal SET payload = NULL WHERE id IN (
       SELECT id FROM proposal WHERE state IN ('open', 'confirming') AND expires_at <= $1 AND payload IS NOT NULL LIMIT ${CHUNK}) RETURNING id)
     SELECT count(*)::int AS count FROM emptied`,
    [now],
  );
}

async function inChunks(pool: pg.Pool, statement: string, values: readonly unknown[]): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await pool.query<{ count: number }>(statement, [...values]);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < CHUNK) return total;
  }
}
