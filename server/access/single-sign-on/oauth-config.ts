import type { GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import { type Admit, currentCallback } from "./admission.ts";
import { ProviderFault } from "./provider-fault.ts";
import type { ProviderKind, Tokens } from "./provider-kind.ts";
import { accountIdOf } from "./provider-person.ts";

/** What it takes to let people in by a provider. */
export interface ProviderOptions {
  readonly kind: ProviderKind;
  readonly admit: Admit;
}

/**
 * A provider as better-auth knows it. That verifies state, and what the kind asks it to; who the subject is here is decided
 * by `admit` alone, before better-auth looks for a person: it neither joins nor makes any.
 */
export const oauthConfigOf = (options: ProviderOptions): GenericOAuthConfig => ({
  ...options.kind.oauth,
  providerId: options.kind.id,
  disableImplicitSignUp: true,
  disableSignUp: true,
  accountSubject: ({ profile }) => String(profile.account),
  getUserInfo: (tokens) => admitted(options, tokens as Tokens),
});

/** null: nobody comes in; the callback's own record says why. */
async function admitted({ kind, admit }: ProviderOptions, tokens: Tokens) {
  const callback = currentCallback();
  if (!callback) return null;
  const who = await kind.personOf(tokens).catch((error: unknown) => {
    if (!(error instanceof ProviderFault)) throw error;
    callback.fault = error.refusal;
    return null;
  });
  if (!who) return null;
  const admission = await admit(who, { policy: kind.policy, invitation: callback.invitation });
  Object.assign(callback, { who, admission, idToken: tokens.idToken });
  if ("refused" in admission) return null;
  const { email, name } = admission;
  return { id: who.subject, sub: who.subject, account: accountIdOf(who), email, name, emailVerified: true };
}
