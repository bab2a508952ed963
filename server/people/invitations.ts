import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "../access/can.ts";
import { foldedName, personName } from "../access/person-name.ts";
import { recordActIn } from "../db/audit.ts";
import { AppError, NotFound } from "../lib/errors.ts";
import { LINK_LIVES_MS, newLinkToken } from "./link-token.ts";
import { lockPeople, PEOPLE_PATIENCE } from "./lock-people.ts";
import { requireFree, requireOwnAddress, requireOwnName } from "./people.ts";

/** Whom to let in, and as what. */
export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Of a manager; none: all customers. */
  readonly segments: readonly string[];
}

/** Who invites, or takes it back, and why. */
interface InvitationAct {
  /** As audit rows name actors. */
  readonly by: string;
  readonly reason: string | null;
}

/** An invitation, and the token of its link: told this once. */
export interface IssuedInvitation {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** The invitation was used or taken back meanwhile. */
const noSuch = (): NotFound => new NotFound("There is no such invitation any more.");

/**
 * Invites somebody: they are a person once they have used the link, which works for 72 hours.
 * @throws {InvalidInput} the address or the name is taken, or cannot be one
 * @throws {AppError} they are invited already
 */
export async function invite(
  db: PrismaClient,
  given: NewInvitation,
  { by, reason }: InvitationAct,
  now = Date.now(),
): Promise<IssuedInvitation> {
  requireOwnAddress(given.email);
  const email = given.email.trim().toLowerCase();
  const name = personName(given.name);
  const segments = given.role === "manager" ? [...new Set(given.segments)].sort() : [];
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    await requireFree(tx, { email, username: null });
    await requireOwnName(tx, name);
    await requireNotInvited(tx, { email, name });
    const { token, hash } = newLinkToken();
    const id = crypto.randomUUID();
    const expiresAt = new Date(now + LINK_LIVES_MS.invitation);
    const { role } = given;
    await tx.invitation.create({
      data: { id, email, name, role, segments, hash, issuedBy: by, expiresAt },
    });
    await record(tx, id, "invite", by, { role, segments, reason });
    return { id, name, email, token, expiresAt };
  }, PEOPLE_PATIENCE);
}

/**
 * Gives another link for an invitation, also for one whose link has expired; the link of before works no more.
 * @throws {NotFound} it is not open
 */
export function reissueInvitation(
  db: PrismaClient,
  id: string,
  { by, reason }: InvitationAct,
  now = Date.now(),
): Promise<IssuedInvitation> {
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const { token, hash } = newLinkToken();
    const expiresAt = new Date(now + LINK_LIVES_MS.invitation);
    const [renewed] = await tx.invitation.updateManyAndReturn({
      where: { id, outcome: null },
      data: { hash, expiresAt, issuedBy: by },
      select: { name: true, email: true },
    });
    if (!renewed) throw noSuch();
    await record(tx, id, "reissue-invitation", by, { reason });
    return { id, ...renewed, token, expiresAt };
  }, PEOPLE_PATIENCE);
}

/**
 * Takes an invitation back: its link does not work any more.
 * @throws {NotFound} it is not open
 */
export function withdrawInvitation(
  db: PrismaClient,
  id: string,
  { by, reason }: InvitationAct,
): Promise<{ id: string; name: string }> {
  return db.$transaction(async (tx) => {
    await lockPeople(tx);
    const [gone] = await tx.invitation.updateManyAndReturn({
      where: { id, outcome: null },
      data: { outcome: "withdrawn", endedAt: new Date() },
      select: { id: true, name: true },
    });
    if (!gone) throw noSuch();
    await record(tx, id, "withdraw-invitation", by, { reason });
    return gone;
  }, PEOPLE_PATIENCE);
}

const record = (
  tx: Prisma.TransactionClient,
  id: string,
  verb: "invite" | "reissue-invitation" | "withdraw-invitation",
  actor: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> =>
  recordActIn(tx, { actor, action: `person.${verb}`, subject: `invitation ${id}`, details });

async function requireNotInvited(
  tx: Prisma.TransactionClient,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  const open = await tx.invitation.findMany({
    where: { outcome: null },
    select: { email: true, name: true },
  });
  if (open.some((each) => each.email === email)) {
    throw new AppError(
      "invited_already",
      409,
      "Somebody with this e-mail address is invited already: give them another link instead.",
      { field: "email" },
    );
  }
  const folded = foldedName(name);
  if (open.some((each) => foldedName(each.name) === folded)) {
    throw new AppError(
      "invited_already",
      409,
      "Somebody with this name is invited already: add what tells the two apart.",
      { field: "name" },
    );
  }
}
