import { AsyncLocalStorage } from "node:async_hooks";

/** Next bundles its own copies of modules: the one store is found through globalThis, as the context is. */
const KEY = Symbol.for("tidewatch.request-address");
type Holder = { [KEY]?: AsyncLocalStorage<string> };

function store(): AsyncLocalStorage<string> {
  const holder = globalThis as Holder;
  holder[KEY] ??= new AsyncLocalStorage<string>();
  return holder[KEY];
}

/**
 * Does the work of one request: whatever is recorded within it knows where the request came from. The address is a fact of the
 * request and not of what is done, so it goes round the functions in between.
 * @param address as decided at the door; empty: not known
 */
export const fromAddress = <T>(address: string, work: () => T): T => store().run(address, work);

/** Where the request that is being answered came from; null: this is no request, or it is not known. */
export const requestAddress = (): string | null => store().getStore() || null;
