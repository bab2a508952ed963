import type pg from "pg";
import { openClient } from "./connections.ts";
import { LOCKS } from "./locks.ts";

/** Runs work while no other process that starts on this database does, on whatever machine. */
export async function inTurn<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = await openClient({ connectionString: databaseUrl });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCKS.start]);
    return await work();
  } finally {
    await client.end(); // gives the lock back as well
  }
}

/**
 * The part that only one process of all may play: sending the demo's events.
 * @returns how to give it up; null: another process plays it
 */
export async function takeDemoPart(databaseUrl: string): Promise<(() => Promise<void>) | null> {
  const client = await openClient({ connectionString: databaseUrl });
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
    LOCKS.demo,
  ]);
  if (rows[0]?.taken) return () => client.end();
  await client.end();
  return null;
}

/** Whether some process, on whatever machine, sends the demo's events now. */
export async function isDemoPartTaken(pool: Pick<pg.Pool, "query">): Promise<boolean> {
  const { rows } = await pool.query<{ taken: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = $1 AND objsubid = 1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS taken`,
    [LOCKS.demo],
  );
  return rows[0]?.taken === true;
}
