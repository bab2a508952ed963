import { accountOf } from "../access/single-sign-on/kinds.ts";
import { accountIdOf } from "../access/single-sign-on/provider-person.ts";
import { AppError } from "../lib/errors.ts";
import type { VerbExecution } from "./verb-execution.ts";

/**
 * Joins a person to a subject of a provider by an administrator's hand: where the provider vouches for no e-mail address, as WeCom and
 * DingTalk mostly do not. The audit row names the provider alone: ids there are often names.
 * @throws {AppError} the provider is not configured, or they or the subject are joined already
 */
export const joinProvider: VerbExecution<"join"> = async (tx, person, { given, config }) => {
  const { provider } = given;
  const account = accountOf(config, provider, given.subject);
  if (!account) {
    throw new AppError("no_provider", 409, `Nobody signs in by ${provider} here: it is not configured.`);
  }
  const accountId = accountIdOf(account);
  const found = await tx.account.findFirst({
    where: { providerId: provider, accountId },
    select: { user: { select: { name: true } } },
  });
  if (found) {
    const message = `${found.user.name} is joined to this id already: unjoin them first.`;
    throw new AppError("subject_taken", 409, message);
  }
  const own = { userId: person.id, providerId: provider, accountId: { startsWith: `${account.issuer} ` } };
  if (await tx.account.findFirst({ where: own })) {
    const message = `${person.name} is joined to another id of ${provider}: unjoin them first.`;
    throw new AppError("joined_already", 409, message);
  }
  await tx.account.create({
    data: { id: crypto.randomUUID(), userId: person.id, providerId: provider, accountId },
  });
  return { provider };
};
