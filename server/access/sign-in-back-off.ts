/** Tries that cost nothing: people mistype. */
const FREE_TRIES = 5;
const LONGEST_WAIT_MS = 60_000;
/** A name that nobody has tried for this long begins anew. */
const FORGOTTEN_MS = 15 * 60_000;
const MOST_NAMES = 10_000;

interface Tries {
  readonly count: number;
  /** ms */
  readonly last: number;
}

/**
 * Waiting times between the tries at one account, wherever they come from: one second after the free ones, doubling up to
 * a minute. Whether the account exists makes no difference. Kept in memory: a restart forgives, a second process counts
 * for itself, and either leaves a guesser far too few tries.
 */
export class SignInBackOff {
  readonly #now: () => number;
  readonly #tries = new Map<string, Tries>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Call before the password is looked at: a try counts until it has succeeded, so that many at once are no way around.
   * @returns 0, or the milliseconds to wait, and then nothing was counted
   */
  begin(name: string): number {
    const key = keyOf(name);
    const now = this.#now();
    const known = this.#tries.get(key);
    const tries = known && now - known.last < FORGOTTEN_MS ? known : { count: 0, last: 0 };
    const wait = tries.last + waitAfter(tries.count) - now;
    if (tries.count >= FREE_TRIES && wait > 0) return wait;
    this.#tries.delete(key); // the newest stands last
    this.#tries.set(key, { count: tries.count + 1, last: now });
    for (const oldest of this.#tries.keys()) {
      if (this.#tries.size <= MOST_NAMES) break;
      this.#tries.delete(oldest);
    }
    return 0;
  }

  succeeded(name: string): void {
    this.#tries.delete(keyOf(name));
  }
}

const keyOf = (name: string): string => name.trim().toLowerCase();

function waitAfter(count: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (count - FREE_TRIES));
}
