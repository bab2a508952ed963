import { AppError } from "../lib/errors.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Lets a disabled person sign in again, with the password that they had. No session of before comes back.
 * @throws {AppError} they are not disabled
 */
export const enablePerson: VerbExecution<"enable"> = async (tx, person) => {
  if (!person.disabledAt) throw new AppError("not_disabled", 409, `${person.name} is not disabled.`);
  await tx.user.update({ where: { id: person.id }, data: { disabledAt: null } });
  return { role: person.role };
};
