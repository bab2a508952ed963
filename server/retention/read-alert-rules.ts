import type { z } from "zod";
import type { Context } from "../context.ts";
import type { AlertRules, AlertRulesPage } from "../contracts/api/alert-rules.ts";
import type { listQuery } from "../contracts/api/common.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";

interface RulesRow {
  readonly version: number;
  readonly step_percent: string;
  readonly cumulative_percent: string;
  readonly created_at: Date;
  readonly created_by: string;
  readonly name: string | null;
  readonly reason: string | null;
}

/** Who put the first version there. */
const SYSTEM = "tidewatch";

/** Versions of the thresholds, newest first. */
export async function alertRules(
  ctx: Pick<Context, "pool">,
  query: z.infer<typeof listQuery>,
): Promise<AlertRulesPage> {
  const before = decodeCursor(query.cursor, ["integer"])?.[0] ?? null;
  const { rows } = await ctx.pool.query<RulesRow>(
    `SELECT r.version, r.step_percent, r.cumulative_percent, r.created_at, r.created_by, p.name, r.reason
     FROM alert_rule r LEFT JOIN "user" p ON p.id = r.created_by
     WHERE $1::bigint IS NULL OR r.version < $1 ORDER BY r.version DESC LIMIT $2`,
    [before, query.limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.version]);
  return { items: items.map(rulesOf), nextCursor };
}

function rulesOf(row: RulesRow): AlertRules {
  return {
    version: row.version,
    stepPercent: row.step_percent,
    cumulativePercent: row.cumulative_percent,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by === SYSTEM ? null : { id: row.created_by, name: row.name ?? row.created_by },
    reason: row.reason,
  };
}
