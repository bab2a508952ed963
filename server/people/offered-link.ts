import type { PrismaClient } from "#prisma/client/client.ts";

/** A one-time link as the page tells of it: only whoever was given it gets there. */
export interface OfferedLink {
  /** Whom it is for; null: it has ended, and whoever finds it in a mailbox learns nobody by it. */
  readonly name: string | null;
  readonly email: string | null;
  readonly state: "open" | "used" | "withdrawn" | "expired";
  /** Whom to ask for another one; null: they are no person of this installation. */
  readonly issuer: string | null;
}

/** What is kept of a link. */
interface KeptLink {
  readonly name: string;
  readonly email: string;
  /** As audit rows name actors. */
  readonly issuedBy: string;
  readonly expiresAt: Date;
  readonly ended: "used" | "withdrawn" | null;
}

export async function offeredLink(
  db: Pick<PrismaClient, "user">,
  { name, email, issuedBy, expiresAt, ended }: KeptLink,
  now: number,
): Promise<OfferedLink> {
  const issuer = await db.user.findUnique({ where: { id: issuedBy }, select: { name: true } });
  const state = ended ?? (expiresAt.getTime() <= now ? "expired" : "open");
  const whom = state === "open" ? { name, email } : { name: null, email: null };
  return { ...whom, state, issuer: issuer?.name ?? null };
}
