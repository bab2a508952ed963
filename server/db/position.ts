import type { Prisma } from "#prisma/client/client.ts";
import type { Queryable } from "./queryable.ts";

const NEXT = "UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position";

/**
 * Takes the next commit position, as the last statement of a transaction. The row stays locked until the commit, so positions
 * follow the order of commits: call it when every other lock is held.
 */
export async function nextCommitPosition(db: Queryable | Prisma.TransactionClient): Promise<number> {
  const rows =
    "$queryRawUnsafe" in db
      ? await db.$queryRawUnsafe<{ position: bigint }[]>(NEXT)
      : (await db.query<{ position: string }>(NEXT)).rows;
  return Number(rows[0]?.position);
}

export async function readCommitPosition(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ position: string }>("SELECT position FROM commit_position WHERE id = 1");
  return Number(rows[0]?.position);
}
