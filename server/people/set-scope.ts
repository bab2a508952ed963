import { AppError } from "../lib/errors.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Names the segments whose customers a manager sees. It holds from the next request on; their sockets close within two seconds and
 * come back with what is theirs.
 * @throws {AppError} they are no manager, or have that scope
 */
export const setScope: VerbExecution<"scope"> = async (tx, person, { given }) => {
  if (person.role !== "manager") {
    throw new AppError(
      "no_scope",
      409,
      "Only a business manager has a scope: other roles see every customer.",
    );
  }
  const segments = [...new Set(given.segments)].sort();
  if (JSON.stringify(segments) === JSON.stringify([...person.segments].sort())) {
    throw new AppError("scope_unchanged", 409, `${person.name} has that scope already.`);
  }
  await tx.user.update({ where: { id: person.id }, data: { segments } });
  return { from: person.segments, to: segments };
};
