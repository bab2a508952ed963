import { hash } from "node:crypto";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { TooBusy } from "../lib/errors.ts";

/** Tries that cost nothing: people mistype. */
const FREE_TRIES = 5;
const LONGEST_WAIT_S = 60;
/** An account at which nobody has tried for this long begins anew. */
const FORGOTTEN_S = 15 * 60;
/** A code of six digits is shorter than any password: an hour of waits, and a day until an account begins anew. */
const CODES = { prefix: "code-", longestWaitS: 3_600, forgottenS: 86_400 } as const;
const PASSWORDS = { prefix: "", longestWaitS: LONGEST_WAIT_S, forgottenS: FORGOTTEN_S } as const;
const ADDRESS_TRIES = 30;
const ADDRESS_WINDOW_S = 60;

/** An account as somebody names it, in small letters. */
export type AccountName = { readonly email: string } | { readonly username: string };

/** Somebody says a password or a code: at which account, from where. */
export interface Guess {
  /** What is counted, as `accountOf` tells. */
  readonly account: string;
  /** Who shares a share, as `shareOf` tells. */
  readonly share: string;
  /** The browser, when it has been used by this person before. */
  readonly device: string | null;
}

/**
 * Tries at passwords, or at codes, counted for all processes together in PostgreSQL. Each account has two kinds of counters: one for each
 * browser that its person has signed in with before, and one for all the rest of the world by each of its names. Free tries, then waits that double
 * up to a minute, for codes up to an hour. Whoever guesses slows down strangers, never a browser that is known. The rest of the world is bounded by
 * address besides. What cannot be counted is not tried: when the database is away, this throws.
 */
export class Guessing {
  readonly #tries: RateLimiterPostgres;
  readonly #gates: RateLimiterPostgres;
  readonly #addresses: RateLimiterPostgres;
  readonly #limits: typeof PASSWORDS | typeof CODES;

  constructor(pool: pg.Pool, at: "passwords" | "codes" = "passwords") {
    const limits = at === "codes" ? CODES : PASSWORDS;
    const { prefix, longestWaitS, forgottenS } = limits;
    this.#limits = limits;
    const table = { storeClient: pool, storeType: "pool", tableName: "sign_in_limit", tableCreated: true };
    const unbounded = 1_000_000;
    this.#tries = new RateLimiterPostgres({
      ...table,
      keyPrefix: `${prefix}tries`,
      points: unbounded,
      duration: forgottenS,
    });
    this.#gates = new RateLimiterPostgres({
      ...table,
      keyPrefix: `${prefix}gate`,
      points: 1,
      duration: longestWaitS,
    });
    this.#addresses = new RateLimiterPostgres({
      ...table,
      keyPrefix: `${prefix}address`,
      points: ADDRESS_TRIES,
      duration: ADDRESS_WINDOW_S,
      // A flood is refused from memory until its window ends.
      inMemoryBlockOnConsumed: ADDRESS_TRIES + 1,
    });
  }

  /**
   * Call before the password or code is looked at: a try counts until it has succeeded, so that many at once are no way around.
   * @throws {TooBusy} it has to wait; a try at an account that asks too early is not counted
   */
  async begin(guess: Guess): Promise<void> {
    if (guess.device === null) await consume(this.#addresses, guess.share, "from this address");
    const track = trackOf(guess);
    const gate = await this.#gates.get(track);
    if (gate) throw waiting(gate, "at this account");
    const { consumedPoints: count } = await this.#tries.consume(track);
    if (count < FREE_TRIES) return;
    // Of several that come at once, one passes.
    const { longestWaitS, forgottenS } = this.#limits;
    await consume(this.#gates, track, "at this account", waitAfter(count, longestWaitS));
    if (count > FREE_TRIES) await this.#tries.set(track, count, forgottenS);
  }

  /** It was right: this browser, or the rest of the world, begins anew. */
  async succeeded(guess: Guess): Promise<void> {
    const track = trackOf(guess);
    await Promise.all([this.#tries.delete(track), this.#gates.delete(track)]);
  }
}

const trackOf = ({ account, device }: Guess): string =>
  device === null ? account : `${account} by ${device}`;

/** Seconds. */
const waitAfter = (count: number, longest: number): number => Math.min(longest, 2 ** (count - FREE_TRIES));

async function consume(
  limiter: RateLimiterPostgres,
  key: string,
  where: string,
  seconds?: number,
): Promise<void> {
  try {
    await limiter.consume(key, 1, seconds === undefined ? {} : { customDuration: seconds });
  } catch (refusal) {
    throw refusal instanceof RateLimiterRes ? waiting(refusal, where) : refusal;
  }
}

function waiting({ msBeforeNext }: RateLimiterRes, where: string): TooBusy {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new TooBusy(`Too many tries ${where}; wait a little.`, seconds);
}

/**
 * What strangers try is counted by what they typed, whoever goes by it: would tries at an address count at a user name too,
 * they would tell that both are one account, and that it is there. So an account has as many counters for strangers as it has
 * names, two at most. What was typed is not kept.
 * @param personId of a browser that is known: one account, however it is named; else null
 */
export const accountOf = (personId: string | null, name: AccountName): string =>
  personId === null ? `name ${hash("sha256", JSON.stringify(name))}` : `person ${personId}`;

/**
 * Who is counted together: an IPv4 address for itself, an IPv6 address with all of its /64, for that is what one household has.
 * @param address as `canonicalAddress` writes it
 */
export function shareOf(address: string): string {
  if (!address.includes(":")) return address || "unknown";
  const [left = "", right] = address.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right ? right.split(":") : [];
  const zeros = right === undefined ? [] : Array(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(":")}::/64`;
}
