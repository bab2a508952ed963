import type { Context } from "../context.ts";
import type { DayRevisions } from "../contracts/api/days.ts";
import { formatFen, parseFen } from "../contracts/money.ts";

interface Row {
  readonly revision: number;
  readonly at: Date;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly late_events: number;
  readonly total_premium: string;
  readonly gross_premium: string;
}

const REVISIONS = `
  SELECT r.revision, r.at, coalesce(u.name, r.actor) AS actor, r.reason, r.late_events,
    coalesce(sum(h.total_premium), 0) AS total_premium, coalesce(sum(h.gross_premium), 0) AS gross_premium
  FROM day_revision r
    LEFT JOIN day_revision_hour h ON h.biz_date = r.biz_date AND h.revision = r.revision
    LEFT JOIN "user" u ON u.id = r.actor
  WHERE r.biz_date = $1 GROUP BY r.biz_date, r.revision, u.name ORDER BY r.revision DESC`;

/** What a business day was said to be, and what waits to be taken in (rule O6). */
export async function dayRevisions(ctx: Pick<Context, "pool">, date: string): Promise<DayRevisions> {
  const [revisions, late] = await Promise.all([
    ctx.pool.query<Row>(REVISIONS, [date]),
    ctx.pool.query<{ count: number }>(
      "SELECT coalesce(sum(cardinality(seqs)), 0)::int AS count FROM late_order WHERE biz_date = $1 AND revision IS NULL",
      [date],
    ),
  ]);
  return {
    date,
    revision: revisions.rows[0]?.revision ?? 0,
    lateEvents: late.rows[0]?.count ?? 0,
    items: revisions.rows.map((row) => ({
      revision: row.revision,
      at: row.at.toISOString(),
      actor: row.actor,
      reason: row.reason,
      lateEvents: row.late_events,
      totalPremium: formatFen(parseFen(row.total_premium) ?? 0n),
      grossPremium: formatFen(parseFen(row.gross_premium) ?? 0n),
    })),
  };
}
