import type { OidcSettings } from "#server/config/providers/oidc.ts";
import type { Log } from "#server/lib/log.ts";
import { Discovery, discoveryUrlOf, fetchJson } from "./discovery.ts";
import type { ProviderKind, Tokens } from "./provider-kind.ts";
import { type ProviderPerson, providerPersonOf } from "./provider-person.ts";

/** What a provider is opened with. */
export interface ProviderTools {
  readonly log: Log;
  readonly now: () => number;
  /** Where browsers reach the system, and the provider sends them back. */
  readonly publicUrl: string;
}

/** A provider that speaks OpenID Connect: better-auth verifies PKCE, and the ID token with its nonce. */
export function openOidc(settings: OidcSettings, { log, now, publicUrl }: ProviderTools): ProviderKind {
  const discovery = new Discovery(settings.OIDC_ISSUER, log, now);
  const acr = settings.OIDC_SECOND_FACTOR_ACR ?? [];
  return {
    id: "oidc",
    called: settings.OIDC_NAME,
    policy: { roles: settings.OIDC_ROLES, defaultRole: null, signUp: settings.OIDC_SIGN_UP },
    oauth: {
      name: settings.OIDC_NAME,
      discoveryUrl: discoveryUrlOf(settings.OIDC_ISSUER),
      clientId: settings.OIDC_CLIENT_ID,
      clientSecret: settings.OIDC_CLIENT_SECRET,
      authentication: "basic",
      scopes: [...new Set(["openid", ...settings.OIDC_SCOPES.split(" ")])],
      ...(acr.length > 0 ? { authorizationUrlParams: { acr_values: acr.join(" ") } } : {}),
      pkce: true,
      requireIdTokenVerification: true,
    },
    personOf: (tokens) => personIn(settings, discovery, tokens),
    tellsSubject: false,
    endSessionUrl: (idToken) => endSessionUrl(settings, { discovery, publicUrl }, idToken),
  };
}

/** OpenID Connect RP-Initiated Logout. */
async function endSessionUrl(
  { OIDC_CLIENT_ID: clientId }: OidcSettings,
  { discovery, publicUrl }: { readonly discovery: Discovery; readonly publicUrl: string },
  idToken: string | null,
): Promise<string | null> {
  const endpoint = (await discovery.read())?.endSession;
  if (!endpoint) return null;
  const url = new URL(endpoint);
  if (idToken !== null) url.searchParams.set("id_token_hint", idToken);
  url.searchParams.set("client_id", clientId);
  url.searchParams.set("post_logout_redirect_uri", new URL("/sign-in", publicUrl).href);
  return url.href;
}

/** better-auth has verified the token if there is one; without it, userinfo alone would have to do. */
async function personIn(
  settings: OidcSettings,
  discovery: Discovery,
  tokens: Tokens,
): Promise<ProviderPerson | null> {
  if (!tokens.idToken) return null;
  const idToken = claimsIn(tokens.idToken);
  return providerPersonOf(settings, idToken, await moreOf(settings, discovery, idToken, tokens));
}

/** What stands in a token that has been verified. */
function claimsIn(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** What userinfo says, where the ID token leaves out what is needed. */
async function moreOf(
  { OIDC_GROUPS_CLAIM: groups }: OidcSettings,
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
