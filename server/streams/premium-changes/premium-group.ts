import type { IngestBatch } from "#server/contracts/batch.ts";
import type { Committed } from "#server/contracts/committed.ts";
import { type DispositionCounts, noDispositions } from "#server/contracts/streams.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { StreamGroup } from "../stream.ts";
import { PremiumEffects } from "./premium-effects.ts";
import { writeBaselines } from "./tables/baselines.ts";
import { writeCases, writeOccurrences, writeTimeline } from "./tables/cases.ts";
import { lockKeyUsers } from "./tables/key-user-state.ts";
import { writeNotices } from "./tables/outbox.ts";
import { readAlertRules } from "./tables/read-alert-rules.ts";

/** The premium changes of one group. All that they lead to is written in its transaction. */
export class PremiumGroup implements StreamGroup<"premium_changes"> {
  readonly stateRows = 0;
  readonly #effects: PremiumEffects;

  /** Locks the key users that the batches speak of (rule K6). */
  static async open(
    db: Queryable,
    batches: readonly IngestBatch<"premium_changes">[],
  ): Promise<PremiumGroup> {
    const users = new Set(batches.flatMap(({ events }) => events.map(({ userId }) => userId)));
    const locked = await lockKeyUsers(db, [...users]);
    return new PremiumGroup(new PremiumEffects(locked, await readAlertRules(db)));
  }

  private constructor(effects: PremiumEffects) {
    this.#effects = effects;
  }

  apply(batch: IngestBatch<"premium_changes">, firstSeq: bigint): DispositionCounts {
    const counts = noDispositions();
    for (const [index, change] of batch.events.entries()) {
      counts[this.#effects.apply(change, firstSeq + BigInt(index), batch)] += 1;
    }
    return counts;
  }

  async writeState(): Promise<void> {}

  async write(db: Queryable, position: number, at: Date): Promise<Partial<Committed>> {
    const effects = this.#effects;
    await writeBaselines(db, position, effects.moves, at);
    const caseIds = await writeCases(db, effects.cases(), at);
    await writeOccurrences(db, effects.occurrences, caseIds);
    await writeTimeline(db, position, effects.timeline, caseIds);
    await writeNotices(db, effects.notices, caseIds, at);
    return {
      caseIds: [...caseIds.values()].map(BigInt),
      keyUserIds: [...new Set(effects.moves.map(({ userId }) => userId))],
    };
  }
}
