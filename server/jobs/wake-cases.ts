import type { Context } from "../context.ts";
import { commitAt } from "../db/commit-feed.ts";

type Needs = Pick<Context, "db" | "now" | "publish">;

const MAX_AT_ONCE = 500;

/**
 * Brings back snoozed cases whose time has come: to their owner, or into the queue of all. Safe with several processes:
 * a case that another one is bringing back is left to it.
 * @returns how many came back
 */
export async function wakeCases(ctx: Needs): Promise<number> {
  const at = new Date(ctx.now());
  const committed = await ctx.db.$transaction(async (tx) => {
    const woken = await tx.$queryRaw<{ id: bigint }[]>`
      UPDATE retention_case SET triage = CASE WHEN assignee IS NULL THEN 'new' ELSE 'claimed' END,
        state = coalesce(mark, CASE WHEN assignee IS NULL THEN 'new' ELSE 'claimed' END),
        snoozed_until = NULL, version = version + 1, updated_at = ${at}
      WHERE id IN (SELECT id FROM retention_case WHERE state IN ('snoozed', 'recovered', 'regressed')
        AND triage = 'snoozed' AND snoozed_until <= ${at} ORDER BY id LIMIT ${MAX_AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING id`;
    if (woken.length === 0) return null;
    return commitAt(tx, async (position) => {
      await tx.caseEvent.createMany({
        data: woken.map(({ id }) => ({ caseId: id, at, kind: "woken", body: {}, position })),
      });
      return { caseIds: woken.map(({ id }) => id) };
    });
  });
  if (committed) ctx.publish(committed);
  return committed?.caseIds.length ?? 0;
}
