import type { PrismaClient } from "#prisma/client/client.ts";
import { hashOfToken, LinkSpent } from "./link-token.ts";
import { type OfferedLink, offeredLink } from "./offered-link.ts";
import { hashOf, setPasswordHash } from "./people.ts";
import { actOnPerson } from "./person-act.ts";

/** null: nobody was ever given this link, it was replaced by a newer one, or its person is disabled. */
export async function findReset(
  db: PrismaClient,
  token: string,
  now = Date.now(),
): Promise<OfferedLink | null> {
  const found = await db.passwordReset.findUnique({
    where: { hash: hashOfToken(token) },
    include: { user: { select: { name: true, email: true } } },
  });
  if (!found) return null;
  const { issuedBy, expiresAt, spentAt, user } = found;
  return offeredLink(db, { ...user, issuedBy, expiresAt, ended: spentAt === null ? null : "used" }, now);
}

/**
 * Spends the link: its person has the password that they choose, and signs in with it. A password that is no good leaves the link
 * good.
 * @throws {LinkSpent}
 * @throws {InvalidInput} the password is no good
 */
export async function spendReset(
  db: PrismaClient,
  { token, password }: { readonly token: string; readonly password: string },
  now = Date.now(),
): Promise<{ email: string }> {
  const which = { hash: hashOfToken(token), spentAt: null, expiresAt: { gt: new Date(now) } };
  const open = await db.passwordReset.findFirst({ where: which, include: { user: true } });
  if (!open) throw new LinkSpent();
  const hash = await hashOf(password, open.user);
  const act = { by: open.userId, reason: "by the link that was given" };
  const { email } = await actOnPerson(db, { id: open.userId }, act, {
    action: "person.reset-password",
    endsSessions: true,
    execute: async (tx, person) => {
      const { count } = await tx.passwordReset.updateMany({
        where: which,
        data: { spentAt: new Date(now) },
      });
      if (count === 0) throw new LinkSpent();
      await setPasswordHash(tx, person.id, hash);
      return {};
    },
  });
  return { email };
}
