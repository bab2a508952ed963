import type { Context } from "../context.ts";
import type { PipelineStatus } from "../contracts/api/pipeline.ts";
import { lastRun } from "./last-run.ts";
import type { Pruned } from "./prune.ts";

/** What the newest night's pruning removed; null: none yet. */
export async function readPruning(ctx: Pick<Context, "pool">): Promise<PipelineStatus["pruning"]> {
  const last = await lastRun<Pruned>(ctx, "prune");
  if (!last) return null;
  const { at, log, orders, deadLetters, notices } = last;
  return {
    at,
    log: log.pruned.length,
    orders: orders.pruned.length,
    deadLetters: deadLetters.pruned.length,
    notices,
    kept: log.kept.length + orders.kept.length + deadLetters.kept.length,
  };
}
