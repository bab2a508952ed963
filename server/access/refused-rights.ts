import type pg from "pg";
import type { Log } from "../lib/log.ts";
import type { Action, Actor } from "./can.ts";
import { CountedActs } from "./counted-acts.ts";

/** Somebody known asked for what they may not do. */
export interface RefusedRight {
  readonly actor: Pick<Actor, "id">;
  readonly right: Action;
  /** The route or page, as it is declared: without ids, so that few kinds come of many requests. */
  readonly at: string;
  /** Code of the refusal, where they have the right and it takes another person too; unset: they have it not. */
  readonly why?: string;
  /** Empty: not known. */
  readonly address: string;
}

const REFUSED = { action: "right.refused" } as const;

/** Audit rows of rights that were refused: one a minute for each person or key, right and place, with their count. */
export class RefusedRights {
  readonly #acts: CountedActs;

  constructor(pool: Pick<pg.Pool, "query">, log: Log) {
    this.#acts = new CountedActs(pool, log, {
      others: { ...REFUSED, actor: "anonymous", subject: "various", address: null },
      failed: "refused rights could not be written to the audit log",
    });
  }

  /** Does not wait, and does not fail: the log tells what could not be kept. */
  note({ actor, right, at, why, address }: RefusedRight): void {
    void this.#acts.note({
      action: why === undefined ? REFUSED.action : "right.alone",
      actor: actor.id,
      subject: `right ${right}`,
      address,
      details: { at, ...(why ? { why } : {}) },
    });
  }

  /** Writes what has only been counted. Call before the database goes. */
  flush(): Promise<void> {
    return this.#acts.flush();
  }
}
