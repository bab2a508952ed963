import type { Context } from "../context.ts";
import type { PipelineStatus } from "../contracts/api/pipeline.ts";
import type { PruneOutcome } from "../streams/log/prune-log.ts";

/** What the newest night's pruning left in the settings. */
interface StoredPruning {
  /** ISO 8601; absent in what versions wrote that did not keep it. */
  readonly at?: string;
  readonly log: PruneOutcome;
  readonly orders: PruneOutcome;
  readonly deadLetters: PruneOutcome;
  readonly notices: number;
}

/** What the newest night's pruning let go of; null: none yet. */
export async function readPruning({ pool }: Pick<Context, "pool">): Promise<PipelineStatus["pruning"]> {
  const { rows } = await pool.query<{ value: StoredPruning }>(
    "SELECT value FROM setting WHERE key = 'pruned'",
  );
  const stored = rows[0]?.value;
  if (stored?.at === undefined) return null;
  const { at, log, orders, deadLetters, notices } = stored;
  return {
    at,
    log: log.pruned.length,
    orders: orders.pruned.length,
    deadLetters: deadLetters.pruned.length,
    notices,
    kept: log.kept.length + orders.kept.length + deadLetters.kept.length,
  };
}
