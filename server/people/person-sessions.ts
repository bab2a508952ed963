import type { PrismaClient } from "#prisma/client/client.ts";
import type { PersonSession } from "../contracts/api/people.ts";
import { NotFound } from "../lib/errors.ts";
import { deviceOf } from "./device.ts";
import { actOnPerson, type PersonAct, type PersonActed, type Who } from "./person-act.ts";

/** What is asked of somebody's sessions. */
interface Asked {
  /** Id of the session that asks; null: it is none. */
  readonly own?: string | null;
  readonly now?: number;
}

/**
 * Sessions of a person that have not ended, the one that was seen last first.
 * @throws {NotFound} nobody goes by that
 */
export async function listSessions(db: PrismaClient, who: Who, asked: Asked = {}): Promise<PersonSession[]> {
  const name = typeof who === "string" ? who.trim().toLowerCase() : null;
  const where =
    name === null ? { id: (who as { id: string }).id } : { OR: [{ email: name }, { username: name }] };
  const person = await db.user.findFirst({ where, select: { id: true } });
  if (!person) throw new NotFound("There is no such person any more.");
  return sessionsOf(db, person.id, asked);
}

/** The same of somebody who is there. */
export async function sessionsOf(
  db: PrismaClient,
  userId: string,
  { own = null, now = Date.now() }: Asked,
): Promise<PersonSession[]> {
  const sessions = await db.session.findMany({
    where: { userId, expiresAt: { gt: new Date(now) } },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
  });
  return sessions.map((session) => ({
    id: session.id,
    ...deviceOf(session.userAgent),
    address: session.ipAddress || null,
    since: session.createdAt.toISOString(),
    lastSeenAt: session.updatedAt.toISOString(),
    isYours: session.id === own,
  }));
}

/**
 * Ends one session: its next request is answered 401, its sockets close within two seconds.
 * @throws {NotFound} it has ended already, or is somebody else's
 */
export function endSession(
  db: PrismaClient,
  who: Who,
  sessionId: string,
  act: PersonAct,
): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.end-session",
    endsSessions: false,
    execute: async (tx, person) => {
      const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: person.id } });
      if (count === 0) throw new NotFound("This session has ended already.");
      return { sessions: count, session: sessionId };
    },
  });
}
