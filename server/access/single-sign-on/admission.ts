import { AsyncLocalStorage } from "node:async_hooks";
import type { SingleSignOnRefusal } from "#server/contracts/single-sign-on.ts";
import type { ProviderPerson } from "./provider-person.ts";

/** The person who may come in, or why nobody may. */
export type Admission =
  | { readonly personId: string; readonly email: string; readonly name: string }
  | { readonly refused: SingleSignOnRefusal; readonly personId: string | null };

/**
 * Decides who somebody is here: joins them to a person, gives them the role of their groups. It is server/people that does,
 * for it writes people.
 */
export type Admit = (who: ProviderPerson) => Promise<Admission>;

/** What is found out while better-auth follows the provider's answer, for those who ask it and for the session that it makes. */
export interface Callback {
  admission?: Admission;
  who?: ProviderPerson;
  idToken?: string;
}

const storage = new AsyncLocalStorage<Callback>();

/** Runs better-auth over one answer of the provider. */
export const during = <T>(callback: Callback, run: () => Promise<T>): Promise<T> =>
  storage.run(callback, run);

/** The answer that is being followed; undefined: none is. */
export const currentCallback = (): Callback | undefined => storage.getStore();
