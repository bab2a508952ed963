import type { Prisma } from "#prisma/client/client.ts";

/**
 * Takes the next commit position, as the last statement of a people's write: the row stays locked until the commit, so
 * positions follow the order of commits.
 */
export async function takePosition(tx: Prisma.TransactionClient): Promise<number> {
  const rows = await tx.$queryRaw<{ position: bigint }[]>`
    UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position`;
  return Number(rows[0]?.position);
}
