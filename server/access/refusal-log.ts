import type pg from "pg";
import type { SingleSignOnRefusal } from "../contracts/single-sign-on.ts";
import type { Act } from "../db/audit.ts";
import type { Log } from "../lib/log.ts";
import { CountedActs } from "./counted-acts.ts";

/** What people say to show who they are. */
export type Said = "password" | "code" | "recovery code";

/** A password, code or answer of the provider that was not taken, or not even looked at. */
export interface Refusal {
  /** `person 3f2a…`; `unknown` when nobody goes by what was typed, for people type passwords into that field. */
  readonly subject: string;
  readonly address: string;
  readonly reason: `wrong ${Said}` | "too many tries" | SingleSignOnRefusal;
  /** Where it was asked for. */
  readonly at: "sign-in" | "change-password" | "second-factor" | "single-sign-on";
}

const REFUSED = { actor: "anonymous", action: "session.refused" } as const;
const OTHERS: Act = {
  ...REFUSED,
  subject: "various",
  address: null,
  details: { reason: "various", at: "various" },
};

/** Audit rows of refused passwords, few however many there are. */
export class RefusalLog {
  readonly #acts: CountedActs;

  constructor(pool: Pick<pg.Pool, "query">, log: Log) {
    const failed = "refused sign-ins could not be written to the audit log";
    this.#acts = new CountedActs(pool, log, { others: OTHERS, failed });
  }

  /** Resolves when it is written, if it is one that is written at once. Does not fail. */
  note({ subject, address, reason, at }: Refusal): Promise<void> {
    return this.#acts.note({ ...REFUSED, subject, address, details: { reason, at } });
  }

  /** Writes what has only been counted. Call before the database goes. */
  flush(): Promise<void> {
    return this.#acts.flush();
  }
}
