import type { PrismaClient } from "#prisma/client/client.ts";
import type { Role } from "../access/can.ts";
import { AppError } from "../lib/errors.ts";
import { actOnPerson, type PersonAct, type PersonActed, requireAnotherAdministrator } from "./person-act.ts";

/**
 * Gives a person another role. Their sessions go on and may what the new role may from the next request on; their sockets
 * close within two seconds and come back with its topics.
 * @throws {AppError} they have that role, or are the last administrator
 */
export function setRole(db: PrismaClient, who: string, role: Role, act: PersonAct): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.set-role",
    endsSessions: false,
    execute: async (tx, person) => {
      if (person.role === role) {
        throw new AppError("role_unchanged", 409, `${person.name} has the role ${role} already.`);
      }
      await requireAnotherAdministrator(tx, person);
      await tx.user.update({ where: { id: person.id }, data: { role } });
      return { from: person.role, to: role };
    },
  });
}
