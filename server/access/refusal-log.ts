import type pg from "pg";
import { recordAct } from "../db/audit.ts";
import type { Log } from "../lib/log.ts";

/** What people say to show who they are. */
export type Said = "password" | "code" | "recovery code";

/** A password or code that was not taken, or not even looked at. */
export interface Refusal {
  /** `person 3f2a…`; `unknown` when nobody goes by what was typed, for people type passwords into that field. */
  readonly subject: string;
  readonly address: string;
  readonly reason: `wrong ${Said}` | "too many tries";
  /** Where it was asked for. */
  readonly at: "sign-in" | "change-password" | "second-factor";
}

const WINDOW_MS = 60_000;
/** Rows a window, whatever comes. */
const MOST_ROWS = 60;
/** Different refusals that are told apart in a window. */
const MOST_KINDS = 1_000;

/**
 * Audit rows of refusals, few however many there are: in each minute the first of a kind (person, address, reason) is written
 * at once and the further ones at the minute's end, as one row with their count; what is beyond the bounds is one row more.
 */
export class RefusalLog {
  readonly #pool: Pick<pg.Pool, "query">;
  readonly #log: Log;
  /** Of this minute: how many of each kind are still to be written. */
  readonly #kinds = new Map<string, { readonly refusal: Refusal; count: number }>();
  #rows = 0;
  #others = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Pick<pg.Pool, "query">, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Resolves when it is written, if it is one that is written at once. Does not fail: the log tells what could not be kept. */
  async note(refusal: Refusal): Promise<void> {
    this.#timer ??= setTimeout(() => void this.flush(), WINDOW_MS).unref();
    const key = JSON.stringify([refusal.subject, refusal.address, refusal.reason, refusal.at]);
    const known = this.#kinds.get(key);
    if (known) known.count += 1;
    else if (this.#kinds.size >= MOST_KINDS) this.#others += 1;
    else {
      const isWritten = this.#rows < MOST_ROWS;
      this.#kinds.set(key, { refusal, count: isWritten ? 0 : 1 });
      if (isWritten) await this.#write(refusal, 1);
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
    for (const [index, { refusal, count }] of counted.sort((a, b) => b.count - a.count).entries()) {
      if (index < MOST_ROWS) await this.#write(refusal, count);
      else others += count;
    }
    this.#rows = 0;
    if (others > 0) {
      const refusal = { subject: "various", address: "various", reason: "various", at: "various" };
      await this.#write(refusal, others);
    }
  }

  async #write({ subject, ...details }: { readonly subject: string }, count: number): Promise<void> {
    this.#rows += 1;
    const act = { actor: "anonymous", action: "session.refused", subject, details: { ...details, count } };
    await recordAct(this.#pool, act).catch((error: unknown) => {
      this.#log.warn({ err: error }, "refused sign-ins could not be written to the audit log");
    });
  }
}
