/** better-auth's names of the providers: they stand in the addresses of the callbacks, which are registered at the providers. */
export const PROVIDER_IDS = ["oidc", "wecom", "dingtalk"] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

export const isProviderId = (text: unknown): text is ProviderId =>
  (PROVIDER_IDS as readonly unknown[]).includes(text);

/** A provider as screens offer it. */
export interface OfferedProvider {
  readonly id: ProviderId;
  /** What people call it; null: as the words of the screen do. */
  readonly name: string | null;
}

/** By what a person signs in. */
export interface WaysIn {
  readonly hasPassword: boolean;
  readonly providers: readonly OfferedProvider[];
}

/** UTF-16 units of a subject (OpenID Connect Core, 2); WeCom and DingTalk have shorter ones. */
export const LONGEST_SUBJECT = 255;

/** Why somebody who came back from the provider was not let in; words in components/shell and components/audit. */
export const SINGLE_SIGN_ON_REFUSALS = [
  /** They broke off at the provider, or it refused them. */
  "cancelled",
  /** The provider knows them, but not as somebody of the company whose provider it is. */
  "stranger",
  /** The provider refuses Tidewatch itself: its secret, its permissions, its address of return. */
  "setUp",
  /** The provider takes no calls from this server's network address. */
  "address",
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
  /** They are invited as an administrator, and roles wait for a second administrator here. */
  "roleWaits",
] as const;

export type SingleSignOnRefusal = (typeof SINGLE_SIGN_ON_REFUSALS)[number];

export const isSingleSignOnRefusal = (text: unknown): text is SingleSignOnRefusal =>
  (SINGLE_SIGN_ON_REFUSALS as readonly unknown[]).includes(text);
