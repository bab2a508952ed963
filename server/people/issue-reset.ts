import { AppError } from "../lib/errors.ts";
import { LINK_LIVES_MS } from "./link-token.ts";
import { requireAnotherAdministrator } from "./person-act.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Gives a link by which a person chooses another password. The present one counts no more: who has forgotten it loses nothing, and
 * who knows it and should not is out. The link of before does not work any more.
 * @throws {AppError} they are disabled, or the last administrator who can sign in
 */
export const issueReset: VerbExecution<"reset"> = async (tx, person, { hash, by, now, config }) => {
  if (person.disabledAt) {
    throw new AppError("is_disabled", 409, `${person.name} is disabled: enable them first.`);
  }
  await requireAnotherAdministrator(tx, person, config);
  await tx.account.updateMany({
    where: { userId: person.id, providerId: "credential" },
    data: { password: null },
  });
  const link = { hash, issuedBy: by, expiresAt: new Date(now + LINK_LIVES_MS.reset), spentAt: null };
  const userId = person.id;
  await tx.passwordReset.upsert({ where: { userId }, update: link, create: { userId, ...link } });
  return { expiresAt: link.expiresAt.toISOString() };
};
