import type { GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import type { RolesByGroup } from "#server/config/providers/roles-by-group.ts";
import type { Role } from "#server/contracts/roles.ts";
import type { ProviderId } from "#server/contracts/single-sign-on.ts";
import type { ProviderPerson } from "./provider-person.ts";

/** Who comes in by a provider, as what. */
export interface AdmissionPolicy {
  /** Roles follow these at each sign-in; null: people keep the role that they have here. */
  readonly roles: RolesByGroup | null;
  /** Of whoever is in none of the groups, and of whoever signs up where roles follow none; null: they do not come in. */
  readonly defaultRole: Role | null;
  /** Whoever has a role and is not known yet becomes a person. */
  readonly signUp: boolean;
}

/** What better-auth got for the code that came with the browser. */
export interface Tokens {
  readonly idToken?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly raw?: Readonly<Record<string, unknown>> | undefined;
}

/** All that differs from provider to provider; behind it are the same state, admission, sessions and refusals. */
export interface ProviderKind {
  readonly id: ProviderId;
  /** As sentences and logs call it. */
  readonly called: string;
  readonly policy: AdmissionPolicy;
  /** How better-auth asks it. */
  readonly oauth: Omit<GenericOAuthConfig, "providerId" | "getUserInfo" | "accountSubject">;
  /** The address to which the browser goes, made of the one with which better-auth would ask; unset: as it is. */
  readonly signInUrl?: (asked: URL) => URL;
  /** What the provider calls parameters of its way back, by the names of OAuth 2.0. */
  readonly wayBack?: Readonly<Record<string, string>>;
  /**
   * Who is there, once the provider's word has been verified.
   * @returns null: it could not be
   * @throws {ProviderFault} the provider does not answer, refuses, or knows them as nobody of the company
   */
  readonly personOf: (tokens: Tokens) => Promise<ProviderPerson | null>;
  /** Whoever is not known is told their subject, for an administrator to join: no address could do it. */
  readonly tellsSubject: boolean;
  /** Where the provider's own session ends; null: it has no such address, or cannot be asked. Unset: it has none. */
  readonly endSessionUrl?: (idToken: string | null) => Promise<string | null>;
}
