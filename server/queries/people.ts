import type { PrismaClient } from "../../prisma/client/client.ts";
import { isDemoAddress } from "../access/in-force.ts";

/** One who may sign in, or could once. */
export interface ListedPerson {
  readonly email: string;
  readonly username: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly disabledAt: Date | null;
  /** Of the demo's own. */
  readonly isDemo: boolean;
  /** That have not ended. */
  readonly sessions: number;
}

/** Everybody, by e-mail address. */
export async function listPeople(db: PrismaClient, now: Date): Promise<ListedPerson[]> {
  const people = await db.user.findMany({
    orderBy: { email: "asc" },
    select: {
      email: true,
      username: true,
      name: true,
      role: true,
      disabledAt: true,
      _count: { select: { sessions: { where: { expiresAt: { gt: now } } } } },
    },
  });
  return people.map(({ _count, ...person }) => ({
    ...person,
    isDemo: isDemoAddress(person.email),
    sessions: _count.sessions,
  }));
}

/** Nobody has been made yet, a demo's people neither. */
export async function isWithoutPeople({ db }: { readonly db: PrismaClient }): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) === null;
}
