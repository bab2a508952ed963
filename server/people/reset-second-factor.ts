import { AppError } from "../lib/errors.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Takes a person's second factor and recovery codes away: the telephone is lost. Their sessions end; where a second factor is asked
 * of them, the next sign-in leads to enrolling another one.
 * @throws {AppError} they have none
 */
export const resetSecondFactor: VerbExecution<"reset-second-factor"> = async (tx, { id, name }) => {
  const { count } = await tx.twoFactor.deleteMany({ where: { userId: id } });
  if (count === 0) throw new AppError("no_second_factor", 409, `${name} has no second factor.`);
  await tx.user.update({ where: { id }, data: { twoFactorEnabled: false } });
  return {};
};
