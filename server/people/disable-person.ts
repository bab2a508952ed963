import { AppError } from "../lib/errors.ts";
import { requireAnotherAdministrator } from "./person-act.ts";
import type { VerbExecution } from "./verb-execution.ts";
import { withdrawLinksOf } from "./withdraw-links.ts";

/**
 * Somebody leaves: their sessions end, their sockets close within two seconds, and neither a sign-in of theirs nor a link works.
 * @throws {AppError} they are disabled already, or are the last administrator
 */
export const disablePerson: VerbExecution<"disable"> = async (tx, person, { config }) => {
  if (person.disabledAt) {
    const since = person.disabledAt.toISOString();
    throw new AppError("disabled_already", 409, `${person.name} is disabled already, since ${since}.`);
  }
  await requireAnotherAdministrator(tx, person, config);
  await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
  await tx.passwordReset.deleteMany({ where: { userId: person.id } });
  await withdrawLinksOf(tx, person.id);
  return { role: person.role };
};
