import type { PrismaClient } from "#prisma/client/client.ts";
import { AppError } from "../lib/errors.ts";
import { actOnPerson, type PersonAct, type PersonActed } from "./person-act.ts";

/**
 * Lets a disabled person sign in again, with the password that they had. No session of before comes back.
 * @throws {AppError} they are not disabled
 */
export function enablePerson(db: PrismaClient, who: string, act: PersonAct): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.enable",
    endsSessions: true,
    execute: async (tx, person) => {
      if (!person.disabledAt) throw new AppError("not_disabled", 409, `${person.name} is not disabled.`);
      await tx.user.update({ where: { id: person.id }, data: { disabledAt: null } });
      return { role: person.role };
    },
  });
}
