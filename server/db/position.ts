import type { Queryable } from "./queryable.ts";

/**
 * Takes the next commit position. The row stays locked until the commit, so positions follow the order of commits:
 * call it when every other lock is held.
 */
export async function takeCommitPosition(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ position: string }>(
    "UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position",
  );
  return Number(rows[0]?.position);
}

export async function readCommitPosition(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ position: string }>("SELECT position FROM commit_position WHERE id = 1");
  return Number(rows[0]?.position);
}
