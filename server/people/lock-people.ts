import type { Prisma } from "#prisma/client/client.ts";

/** For transactions in which passwords are hashed, which takes its time, and others may be at it, ms. */
export const PEOPLE_PATIENCE = { maxWait: 15_000, timeout: 30_000 } as const;

/** One act to people at a time in the whole installation, until the transaction ends. */
export async function lockPeople(tx: Pick<Prisma.TransactionClient, "$executeRaw">): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tidewatch people'))`;
}
