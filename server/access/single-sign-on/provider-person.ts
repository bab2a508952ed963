import type { OidcSettings } from "#server/config/providers/oidc.ts";
import { LONGEST_SUBJECT, type ProviderId } from "#server/contracts/single-sign-on.ts";

/** Whoever the provider says is there, once its word has been verified. */
export interface ProviderPerson {
  readonly provider: ProviderId;
  /** Whose word it is: another one's subjects may be called the same. */
  readonly issuer: string;
  /** What the issuer knows them by for good. */
  readonly subject: string;
  /** Small letters; null: none was told. */
  readonly email: string | null;
  /** The provider has made sure that the address is theirs. */
  readonly isEmailVerified: boolean;
  readonly name: string | null;
  readonly groups: readonly string[];
  /** They gave a second factor at the provider. */
  readonly hasSecondFactor: boolean;
}

/** How an account names its subject. */
export const accountIdOf = ({ issuer, subject }: Pick<ProviderPerson, "issuer" | "subject">): string =>
  `${issuer} ${subject}`;

type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads the claims of an ID token whose signature, audience, age and nonce are verified.
 * @param more what the provider's userinfo says besides; of the second factor the ID token alone tells
 * @returns null: it is another issuer's, was issued to somebody else, or names nobody
 */
export function providerPersonOf(
  settings: Pick<
    OidcSettings,
    | "OIDC_ISSUER"
    | "OIDC_CLIENT_ID"
    | "OIDC_GROUPS_CLAIM"
    | "OIDC_TRUST_EMAIL"
    | "OIDC_SECOND_FACTOR_AMR"
    | "OIDC_SECOND_FACTOR_ACR"
  >,
  idToken: Claims,
  more: Claims | null,
): ProviderPerson | null {
  const { iss: issuer, sub: subject } = idToken;
  if (typeof issuer !== "string" || !isSameIssuer(issuer, settings.OIDC_ISSUER)) return null;
  if (typeof subject !== "string" || subject.trim() === "" || subject.length > LONGEST_SUBJECT) return null;
  if (!isIssuedTo(idToken, settings.OIDC_CLIENT_ID)) return null;
  if (more && more.sub !== subject) return null;
  const claims = { ...more, ...idToken };
  const email = textOf(claims.email)?.toLowerCase() ?? null;
  return {
    provider: "oidc",
    issuer: issuerName(settings.OIDC_ISSUER),
    subject,
    email,
    isEmailVerified: email !== null && isVerified(claims.email_verified, settings.OIDC_TRUST_EMAIL),
    name: textOf(claims.name) ?? textOf(claims.preferred_username),
    groups: textsOf(claims[settings.OIDC_GROUPS_CLAIM]),
    hasSecondFactor: tellsSecondFactor(settings, idToken),
  };
}

/** As accounts name an issuer. */
export const issuerName = (issuer: string): string => issuer.replace(/\/$/, "");

/** Some providers write a slash at the end of their name in one place and none in the other. */
export const isSameIssuer = (one: string, other: string): boolean => issuerName(one) === issuerName(other);

/** A token for several audiences says for whom it was issued (OpenID Connect Core, 3.1.3.7). */
function isIssuedTo({ aud, azp }: Claims, clientId: string): boolean {
  if (azp !== undefined) return azp === clientId;
  return !Array.isArray(aud) || aud.length < 2;
}

/** Some providers write booleans as text. */
function isVerified(claim: unknown, isTrusted: boolean): boolean {
  if (claim === undefined || claim === null) return isTrusted;
  return claim === true || claim === "true";
}

function tellsSecondFactor(
  settings: Pick<OidcSettings, "OIDC_SECOND_FACTOR_AMR" | "OIDC_SECOND_FACTOR_ACR">,
  { amr, acr }: Claims,
): boolean {
  const methods = textsOf(amr);
  if (settings.OIDC_SECOND_FACTOR_AMR.some((each) => methods.includes(each))) return true;
  return typeof acr === "string" && (settings.OIDC_SECOND_FACTOR_ACR ?? []).includes(acr);
}

const textOf = (claim: unknown): string | null =>
  typeof claim === "string" && claim.trim() !== "" ? claim.trim() : null;

/** One group may come without a list around it. */
function textsOf(claim: unknown): readonly string[] {
  const all: unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((each): each is string => typeof each === "string" && each !== "");
}
