import type pg from "pg";

/** Rows a statement: short transactions beside the writer's. */
const CHUNK = 5_000;

/** Lets go of rejected lines that were received before `cutoff`. @returns how many */
export function pruneDeadLetters(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(
    pool,
    `DELETE FROM dead_letter WHERE id IN (SELECT id FROM dead_letter WHERE received_at < $1 ORDER BY received_at LIMIT ${CHUNK})`,
    cutoff,
  );
}

/** Lets go of notices written before `cutoff` whose deliveries have all ended, and of these. @returns how many notices */
export function pruneNotices(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(
    pool,
    `DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox o WHERE created_at < $1 AND routed_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.outbox_id = o.id AND d.state = 'pending')
       ORDER BY id LIMIT ${CHUNK})`,
    cutoff,
  );
}

async function inChunks(pool: pg.Pool, statement: string, cutoff: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await pool.query(statement, [cutoff]);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return total;
  }
}
