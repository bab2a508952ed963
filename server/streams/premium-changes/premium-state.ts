import type { IngestBatch } from "#server/contracts/batch.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { StreamState } from "../stream.ts";
import { PremiumGroup } from "./premium-group.ts";

/**
 * Keeps nothing in memory: people change the list as well, so every group locks and reads the rows that it needs, and
 * writes them with its commit.
 */
export class PremiumState implements StreamState<"premium_changes"> {
  readonly waitingRows = 0;

  isDue(): boolean {
    return false;
  }

  async ensureLoaded(): Promise<void> {}

  openGroup(db: Queryable, batches: readonly IngestBatch<"premium_changes">[]): Promise<PremiumGroup> {
    return PremiumGroup.open(db, batches);
  }

  writeBehind(): void {}

  takeWaiting(): () => Promise<void> {
    return async () => undefined;
  }

  settle(): void {}

  evict(): void {}

  async recover(): Promise<void> {}
}
