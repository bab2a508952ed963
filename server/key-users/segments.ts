import type pg from "pg";

/** Segments of these customers by their numbers; whoever has none is left out. */
export async function segmentsOf(
  pool: Pick<pg.Pool, "query">,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ user_id: string; segment: string }>(
    "SELECT user_id, segment FROM key_user WHERE user_id = ANY ($1::bigint[]) AND segment IS NOT NULL",
    [userIds],
  );
  return new Map(rows.map(({ user_id, segment }) => [user_id, segment]));
}
