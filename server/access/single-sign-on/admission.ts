import { AsyncLocalStorage } from "node:async_hooks";
import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import type { AdmissionPolicy } from "./provider-kind.ts";
import type { ProviderPerson } from "./provider-person.ts";

/** The person who may come in, or why nobody may. */
export type Admission =
  | { readonly personId: string; readonly email: string; readonly name: string }
  | { readonly refused: SingleSignOnRefusal; readonly personId: string | null };

/** With what the provider's word is weighed. */
export interface AdmissionTerms {
  readonly policy: AdmissionPolicy;
  /** Token of the invitation by whose link they came; null: by none. */
  readonly invitation: string | null;
}

/**
 * Decides who somebody is here: joins them to a person, gives them the role of their groups. It is server/people that does,
 * for it writes people.
 */
export type Admit = (who: ProviderPerson, terms: AdmissionTerms) => Promise<Admission>;

/** What is found out while better-auth follows the provider's answer, for those who ask it and for the session that it makes. */
export interface Callback {
  /** As in the terms. */
  readonly invitation: string | null;
  admission?: Admission;
  who?: ProviderPerson;
  idToken?: string;
  /** What went wrong at the provider, before anybody could be admitted. */
  fault?: SingleSignOnRefusal;
}

const storage = new AsyncLocalStorage<Callback>();

/** Runs better-auth over one answer of the provider. */
export const during = <T>(callback: Callback, run: () => Promise<T>): Promise<T> =>
  storage.run(callback, run);

/** The answer that is being followed; undefined: none is. */
export const currentCallback = (): Callback | undefined => storage.getStore();
