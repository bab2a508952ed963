import type { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { foldedName, personName } from "../access/person-name.ts";
import { recordActIn } from "../db/audit.ts";
import { InvalidInput, NotFound } from "../lib/errors.ts";
import { lockPeople, PEOPLE_PATIENCE } from "./lock-people.ts";
import type { Self } from "./own-account.ts";

/**
 * Gives oneself another name. What one did shows it from now on.
 * @throws {InvalidInput} it cannot be a name, or is somebody else's
 */
export async function renameSelf(db: PrismaClient, { id }: Self, given: string): Promise<void> {
  const name = personName(given);
  await db.$transaction(async (tx) => {
    await lockPeople(tx);
    const same = await tx.user.count({ where: { id, name } });
    if (same > 0) return;
    await requireFreeName(tx, id, name);
    await tx.user.update({ where: { id }, data: { name } });
    await recordActIn(tx, { actor: id, action: "person.rename", subject: `person ${id}`, details: {} });
  }, PEOPLE_PATIENCE);
}

async function requireFreeName(tx: Prisma.TransactionClient, id: string, name: string): Promise<void> {
  const people = await tx.user.findMany({ where: { id: { not: id } }, select: { name: true } });
  const invited = await tx.invitation.findMany({
    where: { outcome: null, expiresAt: { gt: new Date() } },
    select: { name: true },
  });
  const others = [...people, ...invited];
  if (!others.some((each) => foldedName(each.name) === foldedName(name))) return;
  const message = "There is somebody with this name already: add what tells the two apart.";
  throw new InvalidInput(message, { field: "name" });
}

/**
 * Ends one of one's own sessions; its sockets close within two seconds.
 * @throws {NotFound} it has ended already, or is not one's own
 */
export async function endOwnSession(db: PrismaClient, { id }: Self, sessionId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: id } });
    if (count === 0) throw new NotFound("You have no such session: it has ended already.");
    await recordEnd(tx, id, count);
  });
}

/** Ends all of one's own sessions but this one. @returns how many there were */
export async function endOtherSessions(db: PrismaClient, { id, sessionId }: Self): Promise<number> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: id, id: { not: sessionId } } });
    if (count > 0) await recordEnd(tx, id, count);
    return count;
  });
}

const recordEnd = (tx: Prisma.TransactionClient, id: string, sessions: number): Promise<void> =>
  recordActIn(tx, {
    actor: id,
    action: "person.end-session",
    subject: `person ${id}`,
    details: { sessions },
  });
