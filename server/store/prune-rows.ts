import type pg from "pg";
import { STREAMS } from "../contracts/streams.ts";

/** Rows a statement: short transactions beside the writer's. */
const CHUNK = 5_000;

/**
 * Lets go of rejected lines that were received before `cutoff`; one that nobody replayed or discarded counts as discarded,
 * so that what was received, replayed, discarded and still waits goes on adding up. @returns how many
 */
export async function pruneDeadLetters(pool: pg.Pool, cutoff: Date): Promise<number> {
  let total = 0;
  // One after the other: a commit may hold the rows of several streams, in its own order.
  for (const stream of STREAMS) total += await inChunks(pool, GONE_LETTERS, [cutoff, stream]);
  return total;
}

const GONE_LETTERS = `
  WITH gone AS (
    DELETE FROM dead_letter
    WHERE id IN (SELECT id FROM dead_letter WHERE received_at < $1 AND stream = $2
      ORDER BY received_at LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED)
    RETURNING state),
  counted AS (
    UPDATE stream SET letters_discarded = letters_discarded + (SELECT count(*) FROM gone WHERE state = 'open')
    WHERE name = $2 AND EXISTS (SELECT 1 FROM gone WHERE state = 'open'))
  SELECT count(*)::int AS count FROM gone`;

/** Lets go of notices written before `cutoff` whose deliveries have all ended, and of these. @returns how many notices */
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

async function inChunks(pool: pg.Pool, statement: string, values: readonly unknown[]): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await pool.query<{ count: number }>(statement, [...values]);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < CHUNK) return total;
  }
}
