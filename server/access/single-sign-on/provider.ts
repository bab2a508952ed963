import type { GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import type { SingleSignOnSettings } from "#server/config/single-sign-on.ts";
import { PROVIDER_ID } from "#server/contracts/single-sign-on.ts";
import { type Admit, currentCallback } from "./admission.ts";
import { type Discovery, discoveryUrlOf, fetchJson } from "./discovery.ts";
import { type ProviderPerson, providerPersonOf } from "./provider-person.ts";

/** What it takes to let people in by the provider. */
export interface ProviderOptions {
  readonly settings: SingleSignOnSettings;
  readonly discovery: Discovery;
  readonly admit: Admit;
}

/** How an account names its subject: with the issuer, for another one's subjects may be called the same. */
export const accountIdOf = ({ issuer, subject }: Pick<ProviderPerson, "issuer" | "subject">): string =>
  `${issuer} ${subject}`;

/**
 * The provider as better-auth knows it. That verifies state, PKCE, and the ID token with its nonce; who the subject is here is decided
 * by `admit` alone, before better-auth looks for a person: it neither joins nor makes any.
 */
export function oauthConfigOf(options: ProviderOptions): GenericOAuthConfig {
  const { settings } = options;
  const acr = settings.OIDC_SECOND_FACTOR_ACR ?? [];
  return {
    providerId: PROVIDER_ID,
    name: settings.OIDC_NAME,
    discoveryUrl: discoveryUrlOf(settings.OIDC_ISSUER),
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    authentication: "basic",
    scopes: [...new Set(["openid", ...settings.OIDC_SCOPES.split(" ")])],
    ...(acr.length > 0 ? { authorizationUrlParams: { acr_values: acr.join(" ") } } : {}),
    pkce: true,
    requireIdTokenVerification: true,
    disableImplicitSignUp: true,
    disableSignUp: true,
    accountSubject: ({ profile }) => String(profile.account),
    getUserInfo: (tokens) => admitted(options, tokens),
  };
}

interface Tokens {
  readonly idToken?: string | undefined;
  readonly accessToken?: string | undefined;
}

/** null: nobody comes in; the callback's own record says why. */
async function admitted({ settings, discovery, admit }: ProviderOptions, tokens: Tokens) {
  const callback = currentCallback();
  // better-auth has verified the token if there is one; without it, userinfo alone would have to do.
  if (!callback || !tokens.idToken) return null;
  const idToken = claimsIn(tokens.idToken);
  const who = providerPersonOf(settings, idToken, await moreOf(settings, discovery, idToken, tokens));
  if (!who) return null;
  const admission = await admit(who);
  Object.assign(callback, { who, admission, idToken: tokens.idToken });
  if ("refused" in admission) return null;
  const { email, name } = admission;
  return { id: who.subject, sub: who.subject, account: accountIdOf(who), email, name, emailVerified: true };
}

/** What stands in a token that has been verified. */
function claimsIn(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** What userinfo says, where the ID token leaves out what is needed. */
async function moreOf(
  { OIDC_GROUPS_CLAIM: groups }: SingleSignOnSettings,
  discovery: Discovery,
  idToken: Readonly<Record<string, unknown>>,
  { accessToken }: Tokens,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (accessToken === undefined || (idToken.email !== undefined && idToken[groups] !== undefined))
    return null;
  const endpoints = await discovery.read();
  if (!endpoints?.userinfo) return null;
  return fetchJson(endpoints.userinfo, { authorization: `Bearer ${accessToken}` });
}
