import type { Context } from "../context.ts";
import type { PremiumPoint } from "../contracts/api/retention.ts";

const MAX_POINTS = 500;

/**
 * The newest 500 amounts of the user behind a case, oldest first: what the step chart draws. A baseline that holds since
 * the beginning of time stands where the list was made, or at the first event if that lies before.
 */
export async function premiumHistory(
  ctx: Pick<Context, "pool">,
  caseId: string,
): Promise<{ items: PremiumPoint[] }> {
  const { rows } = await ctx.pool.query<{ at: Date; amount: string; info: string | null; source: string }>(
    `SELECT * FROM (
       SELECT b.id, b.premium_after AS amount,
         coalesce(to_timestamp(b.effective_at / 1000.0), least(b.changed_at, (
           SELECT to_timestamp(min(later.effective_at) / 1000.0) FROM baseline_change later
           WHERE later.user_id = b.user_id AND later.id > b.id))) AS at,
         b.info_after AS info, b.source
       FROM baseline_change b JOIN retention_case c ON c.user_id = b.user_id
       WHERE c.id = $1 AND b.premium_after IS NOT NULL ORDER BY b.id DESC LIMIT ${MAX_POINTS}) AS newest
     ORDER BY id`,
    [caseId],
  );
  return {
    items: rows.map((row) => ({
      at: row.at.toISOString(),
      amount: row.amount,
      info: row.info,
      source: row.source,
    })),
  };
}
