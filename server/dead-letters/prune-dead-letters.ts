import type pg from "pg";
import { inLockedTurn, type Partition, partitionsOf } from "../db/partitions.ts";
import type { Queryable } from "../db/queryable.ts";
import type { PruneOutcome } from "../streams/log/prune-log.ts";

/**
 * Deletes rejected lines that were received before `cutoff`, a month at a time; one that nobody replayed or discarded
 * counts as discarded, so that what was received, replayed, discarded and still waits goes on adding up.
 */
export async function pruneDeadLetters(pool: pg.Pool, cutoff: string): Promise<PruneOutcome> {
  const pruned: string[] = [];
  for (const partition of await partitionsOf(pool, "dead_letter")) {
    if (partition.end !== null && partition.end > cutoff) continue;
    if (await inLockedTurn(pool, (db) => letGo(db, partition, cutoff))) pruned.push(partition.name);
  }
  return { pruned, kept: [] };
}

/** @returns whether anything went */
async function letGo(db: Queryable, { name, end }: Partition, cutoff: string): Promise<boolean> {
  await db.query(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`);
  const old = `FROM ${name} WHERE received_on < '${cutoff}'`;
  const { rows } = await db.query<{ stream: string; open: number }>(
    `SELECT stream, count(*) FILTER (WHERE state = 'open')::int AS open ${old} GROUP BY stream`,
  );
  if (end === null && rows.length === 0) return false;
  // Every commit takes this row before those of its streams: no two wait for each other.
  await db.query("SELECT 1 FROM commit_position FOR UPDATE");
  for (const { stream, open } of rows) {
    await db.query("UPDATE stream SET dead_letters_discarded = dead_letters_discarded + $2 WHERE name = $1", [
      stream,
      open,
    ]);
  }
  await db.query(end === null ? `DELETE ${old}` : `DROP TABLE ${name}`);
  return true;
}
