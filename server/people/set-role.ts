import { AppError } from "../lib/errors.ts";
import { requireAnotherAdministrator } from "./person-act.ts";
import { roleNamed } from "./roles.ts";
import type { VerbExecution } from "./verb-execution.ts";
import { withdrawLinksOf } from "./withdraw-links.ts";

/**
 * Gives a person another role. Their sessions go on and may what the new role may from the next request on; their sockets
 * close within two seconds and come back with its topics. A scope belongs to the role that it was given for, and goes.
 * @throws {AppError} they have that role, or are the last administrator
 */
export const setRole: VerbExecution<"role"> = async (tx, person, { given, config }) => {
  const role = roleNamed(given.role);
  if (person.role === role) {
    throw new AppError("role_unchanged", 409, `${person.name} has the role ${role} already.`);
  }
  if (given.from !== undefined && person.role !== given.from) {
    throw new AppError("conflict", 409, `${person.name} has the role ${person.role} by now.`);
  }
  await requireAnotherAdministrator(tx, person, config);
  await tx.user.update({ where: { id: person.id }, data: { role, segments: [] } });
  if (person.role === "administrator") await withdrawLinksOf(tx, person.id);
  // Whoever holds it could come in as another than the one whom the role is given to.
  if (role === "administrator")
    await tx.passwordReset.deleteMany({ where: { userId: person.id, spentAt: null } });
  return {
    from: person.role,
    to: role,
    ...(person.segments.length > 0 ? { segments: person.segments } : {}),
  };
};
