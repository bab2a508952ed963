/** What a call with a token came to. */
export type WithToken<T> = { readonly value: T } | "stale";

/** A token of ours at a provider, kept until shortly before it ends; whoever needs one meanwhile gets the same. */
export class CallToken {
  readonly #ask: () => Promise<{ readonly token: string; readonly seconds: number }>;
  readonly #now: () => number;
  #kept: { readonly token: string; readonly until: number } | null = null;
  #asking: Promise<string> | null = null;

  /** @param ask gets another one, and for how many seconds it holds */
  constructor(ask: () => Promise<{ readonly token: string; readonly seconds: number }>, now: () => number) {
    this.#ask = ask;
    this.#now = now;
  }

  /**
   * Calls with the token; when the provider calls it stale, once more with another one.
   * @returns "stale": the other one was no better
   */
  async use<T>(call: (token: string) => Promise<WithToken<T>>): Promise<WithToken<T>> {
    const token = await this.#get();
    const answer = await call(token);
    if (answer !== "stale") return answer;
    if (this.#kept?.token === token) this.#kept = null;
    return call(await this.#get());
  }

  async #get(): Promise<string> {
    if (this.#kept && this.#kept.until > this.#now()) return this.#kept.token;
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #fetch(): Promise<string> {
    const { token, seconds } = await this.#ask();
    this.#kept = { token, until: this.#now() + Math.max(0, seconds - MARGIN_SECONDS) * 1_000 };
    return token;
  }
}

/** A token is not used in its last minute: the call with it takes its time. */
const MARGIN_SECONDS = 60;
