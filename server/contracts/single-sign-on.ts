/** better-auth's name of the provider: it stands in the address of the callback, which is registered at the provider. */
export const PROVIDER_ID = "oidc";

/** Why somebody who came back from the provider was not let in; words in components/shell and components/audit. */
export const SINGLE_SIGN_ON_REFUSALS = [
  /** They broke off at the provider, or it refused them. */
  "cancelled",
  /** Not begun in this browser, or more than ten minutes ago. */
  "expired",
  /** What the provider said could not be verified. */
  "failed",
  /** The provider or the database did not answer. */
  "unreachable",
  /** None of their groups gives a role. */
  "noRole",
  /** Nobody was made or invited with this address. */
  "unknown",
  /** No e-mail address that the provider has verified, and not joined yet. */
  "unverified",
  /** The person with this address is joined to another subject of the provider. */
  "taken",
  "disabled",
  /** Their groups would take the role of the last administrator. */
  "lastAdministrator",
  /** Their role asks for a second factor, the provider told of none, and they have nothing to enrol one with. */
  "secondFactor",
] as const;

export type SingleSignOnRefusal = (typeof SINGLE_SIGN_ON_REFUSALS)[number];

export const isSingleSignOnRefusal = (text: unknown): text is SingleSignOnRefusal =>
  (SINGLE_SIGN_ON_REFUSALS as readonly unknown[]).includes(text);
