import type { z } from "zod";
import type { Actor } from "../access/can.ts";
import { dataScopeOf, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { CaseCounts, countsQuery } from "../contracts/api/retention.ts";
import { CASE_STATES, type CaseState, NEEDS_SOMEBODY } from "../contracts/cases.ts";
import { assigneeCondition } from "./retention-cases.ts";

/** How many cases are in each state, how many are open, and how many need somebody: of all, or as the queue's filter has it. */
export async function retentionCounts(
  ctx: Pick<Context, "pool">,
  query: z.infer<typeof countsQuery>,
  actor: Actor,
): Promise<CaseCounts> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    "true",
    ...assigneeCondition("assignee", query.assignee, actor.id, bind),
    ...scopeCondition(dataScopeOf(actor), "retention_case.user_id", bind),
  ];
  const { rows } = await ctx.pool.query<{ state: CaseState; count: number }>(
    `SELECT state, count(*)::int AS count FROM retention_case WHERE ${where.join(" AND ")} GROUP BY state`,
    values,
  );
  const byState = Object.fromEntries(CASE_STATES.map((state) => [state, 0])) as CaseCounts["byState"];
  for (const { state, count } of rows) byState[state] = count;
  const sumOf = (states: readonly CaseState[]) => states.reduce((sum, state) => sum + byState[state], 0);
  return {
    byState,
    open: sumOf(CASE_STATES.filter((state) => state !== "closed")),
    now: sumOf(NEEDS_SOMEBODY),
  };
}
