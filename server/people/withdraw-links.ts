import type { Prisma } from "#prisma/client/client.ts";

/** Takes back the one-time links that a person has given and that nobody has used yet: they were given by a right that is gone. */
export async function withdrawLinksOf(tx: Prisma.TransactionClient, issuedBy: string): Promise<void> {
  const data = { outcome: "withdrawn", endedAt: new Date() };
  await tx.invitation.updateMany({ where: { issuedBy, outcome: null }, data });
  await tx.passwordReset.deleteMany({ where: { issuedBy, spentAt: null } });
}
