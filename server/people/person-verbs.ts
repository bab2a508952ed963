import type { PrismaClient } from "#prisma/client/client.ts";
import type { Config } from "../config/config.ts";
import { type GivenTo, PERSON_VERBS, type PersonVerbName } from "../contracts/person-verbs.ts";
import { disablePerson } from "./disable-person.ts";
import { enablePerson } from "./enable-person.ts";
import { issueReset } from "./issue-reset.ts";
import { joinProvider } from "./join-provider.ts";
import { LINK_LIVES_MS, newLinkToken } from "./link-token.ts";
import { actOnPerson, type PersonAct, type PersonActed, type Who } from "./person-act.ts";
import { resetSecondFactor } from "./reset-second-factor.ts";
import { setRole } from "./set-role.ts";
import { setScope } from "./set-scope.ts";
import { signOutPerson } from "./sign-out-person.ts";
import { unjoinProvider } from "./unjoin-provider.ts";
import type { VerbExecution } from "./verb-execution.ts";

/** What each verb does; all else of it is in server/contracts/person-verbs.ts. */
const EXECUTIONS: { readonly [V in PersonVerbName]: VerbExecution<V> } = {
  role: setRole,
  scope: setScope,
  disable: disablePerson,
  enable: enablePerson,
  reset: issueReset,
  "reset-second-factor": resetSecondFactor,
  join: joinProvider,
  unjoin: unjoinProvider,
  "sign-out": signOutPerson,
};

/** What was done, and the token of the link that it gave. */
export interface VerbDone extends PersonActed {
  readonly link: { readonly token: string; readonly expiresAt: Date } | null;
}

/**
 * Does a verb to a person, for whoever asks: HTTP and the command line alike. Providers are those of `config`; unset, there are none.
 * @throws {AppError} nobody goes by that, or it cannot be done as things stand
 */
export async function performVerb<V extends PersonVerbName>(
  db: PrismaClient,
  verb: V,
  who: Who,
  act: PersonAct & { readonly given: GivenTo<V>; readonly config?: Pick<Config, "groups"> },
  now = Date.now(),
): Promise<VerbDone> {
  const { action, endsSessions, givesLink } = PERSON_VERBS[verb];
  const { token, hash } = newLinkToken();
  const { by, given, config = { groups: {} } } = act;
  const acted = await actOnPerson(db, who, act, {
    action,
    endsSessions,
    execute: (tx, person) => EXECUTIONS[verb](tx, person, { given, config, by, hash, now }),
  });
  const link = givesLink ? { token, expiresAt: new Date(now + LINK_LIVES_MS.reset) } : null;
  return { ...acted, link };
}
