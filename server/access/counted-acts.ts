import type pg from "pg";
import { type Act, recordAct } from "../db/audit.ts";
import type { Log } from "../lib/log.ts";

const WINDOW_MS = 60_000;
/** Rows a window, whatever comes. */
const MOST_ROWS = 60;
/** Different acts that are told apart in a window. */
const MOST_KINDS = 1_000;

/** What becomes of acts beyond the bounds, and of those that could not be written. */
export interface CountedActsOptions {
  /** One row for all of them; its details get their count. */
  readonly others: Act;
  /** What the log says when a row could not be written. */
  readonly failed: string;
}

/**
 * Audit rows of acts that anybody can cause in any number, few however many there are: in each minute the first of a kind (all that
 * is equal in actor, subject, address and details) is written at once and the further ones at the minute's end, as one row with
 * their count; what is beyond the bounds is one row more.
 */
export class CountedActs {
  readonly #pool: Pick<pg.Pool, "query">;
  readonly #log: Log;
  readonly #options: CountedActsOptions;
  /** Of this minute: how many of each kind are still to be written. */
  readonly #kinds = new Map<string, { readonly act: Act; count: number }>();
  #rows = 0;
  #others = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Pick<pg.Pool, "query">, log: Log, options: CountedActsOptions) {
    this.#pool = pool;
    this.#log = log;
    this.#options = options;
  }

  /** Resolves when it is written, if it is one that is written at once. Does not fail: the log tells what could not be kept. */
  async note(act: Act): Promise<void> {
    this.#timer ??= setTimeout(() => void this.flush(), WINDOW_MS).unref();
    const key = JSON.stringify([act.actor, act.action, act.subject, act.address, act.details]);
    const known = this.#kinds.get(key);
    if (known) known.count += 1;
    else if (this.#kinds.size >= MOST_KINDS) this.#others += 1;
    else {
      const isWritten = this.#rows < MOST_ROWS;
      this.#kinds.set(key, { act, count: isWritten ? 0 : 1 });
      if (isWritten) await this.#write(act, 1);
    }
  }

  /** Writes what has only been counted. Call before the database goes. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counted = [...this.#kinds.values()].filter(({ count }) => count > 0);
    let others = this.#others;
    this.#kinds.clear();
    this.#others = 0;
    this.#rows = 0;
    for (const [index, { act, count }] of counted.sort((a, b) => b.count - a.count).entries()) {
      if (index < MOST_ROWS) await this.#write(act, count);
      else others += count;
    }
    this.#rows = 0;
    if (others > 0) await this.#write(this.#options.others, others);
  }

  async #write(act: Act, count: number): Promise<void> {
    this.#rows += 1;
    await recordAct(this.#pool, { ...act, details: { ...act.details, count } }).catch((error: unknown) => {
      this.#log.warn({ err: error }, this.#options.failed);
    });
  }
}
