import type { Context } from "../context.ts";
import type { PipelineStatus } from "../contracts/api/pipeline.ts";

/** What waits to be told, and what was given up (rule K9). */
export async function outboxStatus(ctx: Pick<Context, "pool" | "now">): Promise<PipelineStatus["outbox"]> {
  const { rows } = await ctx.pool.query<{ depth: number; dead: number; oldest: Date | null }>(
    `SELECT (SELECT count(*)::int FROM outbox WHERE routed_at IS NULL) + count(*) FILTER (WHERE d.state = 'pending')::int AS depth,
       count(*) FILTER (WHERE d.state = 'dead')::int AS dead,
       least(min(o.created_at) FILTER (WHERE d.state = 'pending'),
         (SELECT min(created_at) FROM outbox WHERE routed_at IS NULL)) AS oldest
     FROM delivery d JOIN outbox o ON o.id = d.outbox_id WHERE d.state IN ('pending', 'dead')`,
  );
  const { depth = 0, dead = 0, oldest = null } = rows[0] ?? {};
  const oldestSeconds = oldest === null ? null : Math.max(0, (ctx.now() - oldest.getTime()) / 1000);
  return { depth, dead, oldestSeconds };
}
