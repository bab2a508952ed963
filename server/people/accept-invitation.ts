import type { PrismaClient } from "#prisma/client/client.ts";
import { recordActIn } from "../db/audit.ts";
import { hashOfToken, LinkSpent } from "./link-token.ts";
import { lockPeople, PEOPLE_PATIENCE } from "./lock-people.ts";
import { type OfferedLink, offeredLink } from "./offered-link.ts";
import { hashOf, insertPerson } from "./people.ts";
import { roleNamed } from "./roles.ts";

/** What the page of an invitation shows to whoever holds its link. */
export interface OfferedInvitation extends OfferedLink {
  /** null: it has ended. */
  readonly role: string | null;
}

/** null: nobody was ever given this link, or it was replaced by a newer one. */
export async function findInvitation(
  db: PrismaClient,
  token: string,
  now = Date.now(),
): Promise<OfferedInvitation | null> {
  const found = await db.invitation.findUnique({ where: { hash: hashOfToken(token) } });
  if (!found) return null;
  const { name, email, role, issuedBy, expiresAt, outcome } = found;
  const ended = outcome === "accepted" ? "used" : outcome === null ? null : "withdrawn";
  const offered = await offeredLink(db, { name, email, issuedBy, expiresAt, ended }, now);
  return { ...offered, role: offered.state === "open" ? role : null };
}

/**
 * Spends an invitation: exactly one caller becomes the person that it names, with the password that they choose. Whoever
 * cannot be made leaves the link good.
 * @throws {LinkSpent}
 * @throws {InvalidInput} the password is no good, or somebody has got this address or name since
 */
export async function acceptInvitation(
  db: PrismaClient,
  { token, password }: { readonly token: string; readonly password: string },
  now = Date.now(),
): Promise<{ id: string; email: string }> {
  const which = { hash: hashOfToken(token), outcome: null, expiresAt: { gt: new Date(now) } };
  // Who holds no link takes no turn among those who make people.
  const open = await db.invitation.findFirst({ where: which, select: { email: true, name: true } });
  if (!open) throw new LinkSpent();
  const passwordHash = await hashOf(password, open);
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const [spent] = await tx.invitation.updateManyAndReturn({
      where: which,
      data: { outcome: "accepted", endedAt: new Date(now) },
    });
    if (!spent) throw new LinkSpent();
    const { email, name, segments } = spent;
    const role = roleNamed(spent.role);
    const id = await insertPerson(tx, { email, name, role }, passwordHash);
    if (segments.length > 0) await tx.user.update({ where: { id }, data: { segments } });
    const details = { role, segments, by: `invitation ${spent.id}` };
    const subject = `person ${id}`;
    await recordActIn(tx, { actor: id, action: "person.accept-invitation", subject, details });
    return { id, email };
  }, PEOPLE_PATIENCE);
}
