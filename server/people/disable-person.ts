import type { PrismaClient } from "#prisma/client/client.ts";
import { AppError } from "../lib/errors.ts";
import { actOnPerson, type PersonAct, type PersonActed, requireAnotherAdministrator } from "./person-act.ts";

/**
 * Somebody leaves: their sessions end, their sockets close within two seconds, and no sign-in of theirs works.
 * @throws {AppError} they are disabled already, or are the last administrator
 */
export function disablePerson(db: PrismaClient, who: string, act: PersonAct): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.disable",
    endsSessions: true,
    execute: async (tx, person) => {
      if (person.disabledAt) {
        const since = person.disabledAt.toISOString();
        throw new AppError("disabled_already", 409, `${person.name} is disabled already, since ${since}.`);
      }
      await requireAnotherAdministrator(tx, person);
      await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
      return { role: person.role };
    },
  });
}
