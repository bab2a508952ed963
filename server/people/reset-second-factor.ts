import type { PrismaClient } from "#prisma/client/client.ts";
import { AppError } from "../lib/errors.ts";
import { actOnPerson, type PersonAct, type PersonActed } from "./person-act.ts";

/**
 * Takes a person's second factor and recovery codes away: the telephone is lost. Their sessions end; where a second factor is asked
 * of them, the next sign-in leads to enrolling another one.
 * @throws {AppError} they have none
 */
export function resetSecondFactor(db: PrismaClient, who: string, act: PersonAct): Promise<PersonActed> {
  return actOnPerson(db, who, act, {
    action: "second-factor.reset",
    endsSessions: true,
    execute: async (tx, { id, name }) => {
      const { count } = await tx.twoFactor.deleteMany({ where: { userId: id } });
      if (count === 0) throw new AppError("no_second_factor", 409, `${name} has no second factor.`);
      await tx.user.update({ where: { id }, data: { twoFactorEnabled: false } });
      return {};
    },
  });
}
