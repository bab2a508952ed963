import type { PrismaClient } from "#prisma/client/client.ts";
import { setPassword } from "./people.ts";
import { actOnPerson, type PersonAct, type PersonActed } from "./person-act.ts";

/**
 * Gives a person another password, and ends every session that the old one opened: the command line's way, which needs no link.
 * @throws {InvalidInput} the password cannot be taken
 */
export function resetPassword(
  db: PrismaClient,
  who: string,
  password: string,
  act: PersonAct,
): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "person.reset-password",
    endsSessions: true,
    execute: async (tx, person) => {
      await setPassword(tx, person.id, password);
      await tx.passwordReset.deleteMany({ where: { userId: person.id } });
      return {};
    },
  });
}
