import type pg from "pg";
import { inForceSql } from "./in-force.ts";
import { SESSION_SECONDS } from "./session-age.ts";

/**
 * Of these "session-id role" texts, those whose session has not ended and whose person is in force and still has that role.
 * @param isDemo this process runs a demo
 */
export async function livingSessions(
  pool: pg.Pool,
  sessions: readonly string[],
  isDemo = false,
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ living: string }>(
    `SELECT s.id || ' ' || u.role AS living FROM session s JOIN "user" u ON u.id = s."userId"
     WHERE s."expiresAt" > now() AND s."createdAt" > now() - make_interval(secs => $3) AND ${inForceSql("$2")} AND s.id || ' ' || u.role = ANY ($1)`,
    [sessions, isDemo, SESSION_SECONDS],
  );
  return new Set(rows.map((row) => row.living));
}
