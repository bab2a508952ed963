import type { Context } from "../context.ts";
import type { CaseCounts } from "../contracts/api/retention.ts";
import { CASE_STATES } from "../contracts/cases.ts";

/** How many cases are in each state, how many are open, and how many open ones are the asker's. */
export async function retentionCounts(ctx: Pick<Context, "pool">, actorId: string): Promise<CaseCounts> {
  const { rows } = await ctx.pool.query<{ state: string; all: number; mine: number }>(
    `SELECT state, count(*)::int AS all, count(*) FILTER (WHERE assignee = $1)::int AS mine
     FROM retention_case GROUP BY state`,
    [actorId],
  );
  const byState = Object.fromEntries(CASE_STATES.map((state) => [state, 0])) as CaseCounts["byState"];
  let [open, mine] = [0, 0];
  for (const row of rows) {
    byState[row.state as keyof typeof byState] = row.all;
    if (row.state === "closed") continue;
    open += row.all;
    mine += row.mine;
  }
  return { byState, open, mine };
}
