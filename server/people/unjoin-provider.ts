import { isWayIn } from "../access/way-in.ts";
import { AppError } from "../lib/errors.ts";
import { requireAnotherAdministrator } from "./person-act.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Takes a person's way in by a provider away: somebody else has the id there now, or it was the wrong one. Their sessions end. Whoever
 * has no other way in gets a password link.
 * @throws {AppError} they are not joined to it, or are the last administrator and have no other way in
 */
export const unjoinProvider: VerbExecution<"unjoin"> = async (
  tx,
  person,
  { given: { provider }, config },
) => {
  const { count } = await tx.account.deleteMany({ where: { userId: person.id, providerId: provider } });
  if (count === 0) {
    throw new AppError("not_joined", 409, `${person.name} does not sign in by ${provider}.`);
  }
  const others = await tx.account.count({
    where: { userId: person.id, ...isWayIn(config) },
  });
  if (others === 0) await requireAnotherAdministrator(tx, person, config);
  return { provider };
};
