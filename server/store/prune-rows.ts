import type pg from "pg";

/** Rows a statement: short transactions beside the writer's. */
const CHUNK = 5_000;

/**
 * Lets go of rejected lines that were received before `cutoff`; one that nobody replayed or discarded counts as discarded,
 * so that what was received, replayed, discarded and still waits goes on adding up. @returns how many
 */
export function pruneDeadLetters(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(
    pool,
    `WITH gone AS (
       DELETE FROM dead_letter
       WHERE id IN (SELECT id FROM dead_letter WHERE received_at < $1 ORDER BY received_at LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED)
       RETURNING stream, state),
     counted AS (
       UPDATE stream s SET letters_discarded = letters_discarded + c.waiting
       FROM (SELECT stream, count(*) AS waiting FROM gone WHERE state = 'open' GROUP BY stream) c WHERE s.name = c.stream)
     SELECT count(*)::int AS count FROM gone`,
    cutoff,
  );
}

/** Lets go of notices written before `cutoff` whose deliveries have all ended, and of these. @returns how many notices */
export function pruneNotices(pool: pg.Pool, cutoff: Date): Promise<number> {
  return inChunks(
    pool,
    `WITH gone AS (DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox o WHERE created_at < $1 AND routed_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.outbox_id = o.id AND d.state = 'pending')
       ORDER BY id LIMIT ${CHUNK}) RETURNING id)
     SELECT count(*)::int AS count FROM gone`,
    cutoff,
  );
}

async function inChunks(pool: pg.Pool, statement: string, cutoff: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await pool.query<{ count: number }>(statement, [cutoff]);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < CHUNK) return total;
  }
}
