import type pg from "pg";

/** Of these "session-id role" texts, those whose session has not ended and whose person still has that role. */
export async function livingSessions(
  pool: pg.Pool,
  sessions: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ living: string }>(
    `SELECT s.id || ' ' || u.role AS living FROM session s JOIN "user" u ON u.id = s."userId"
     WHERE s."expiresAt" > now() AND s.id || ' ' || u.role = ANY ($1)`,
    [sessions],
  );
  return new Set(rows.map((row) => row.living));
}
