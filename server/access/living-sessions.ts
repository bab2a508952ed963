import type pg from "pg";
import { inForceSql } from "./in-force.ts";
import { SESSION_SECONDS } from "./session-age.ts";

/** What a socket was opened as: a session and what its person could see then. Anything else of either is another key. */
export const livingKey = (sessionId: string, role: string, segments: readonly string[] = []): string =>
  `${sessionId} ${role} ${JSON.stringify([...segments].sort())}`;

/**
 * Of these keys, those whose session has not ended and whose person is in force and still has that role and scope.
 * @param isDemo this process runs a demo
 */
export async function livingSessions(
  pool: pg.Pool,
  keys: readonly string[],
  isDemo = false,
): Promise<ReadonlySet<string>> {
  const ids = keys.map((key) => key.split(" ", 1)[0]);
  const { rows } = await pool.query<{ id: string; role: string; segments: string[] }>(
    `SELECT s.id, u.role, u.segments FROM session s JOIN "user" u ON u.id = s."userId"
     WHERE s."expiresAt" > now() AND s."createdAt" > now() - make_interval(secs => $3) AND ${inForceSql("$2")} AND s.id = ANY ($1)`,
    [ids, isDemo, SESSION_SECONDS],
  );
  const now = new Set(rows.map(({ id, role, segments }) => livingKey(id, role, segments)));
  return new Set(keys.filter((key) => now.has(key)));
}
