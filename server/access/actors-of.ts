import type { Queryable } from "../db/queryable.ts";

/**
 * Everybody who acts for the same person: themselves first, and the keys that they have made, for a person makes as many as they like. What is
 * bounded for one is bounded for all of them together. A key of the command line acts for itself.
 * @param actor as audit rows name actors
 */
export async function actorsOf(db: Queryable, actor: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `WITH person AS (SELECT u.id FROM "user" u WHERE u.id = coalesce((SELECT k.created_by FROM api_key k WHERE k.id = $1), $1))
     SELECT id FROM person UNION ALL SELECT k.id FROM api_key k JOIN person p ON k.created_by = p.id`,
    [actor],
  );
  return rows.length > 0 ? rows.map(({ id }) => id) : [actor];
}
