import type { z } from "zod";
import { type DataScope, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { foundOccurrence, Occurrence, occurrencesQuery } from "../contracts/api/retention.ts";
import { isoOf } from "../db/iso-of.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";

type Found = z.infer<typeof foundOccurrence>;

export interface OccurrenceRow {
  readonly id: string;
  readonly user_id: string;
  readonly case_id: string;
  readonly rules: Occurrence["rules"];
  readonly rule_version: number;
  readonly step_percent: string;
  readonly cumulative_percent: string;
  readonly baseline_before: string;
  readonly anchor: string;
  readonly amount_now: string;
  readonly drop_percent: string;
  readonly info_before: string | null;
  readonly info_now: string | null;
  readonly event_time: string;
  readonly detected_at: string;
  readonly seq: string;
}

/** Evidence with the thresholds that it was judged by; a query adds its own WHERE, ORDER BY and LIMIT. */
export const SELECT_OCCURRENCES = `
  SELECT o.*, r.step_percent, r.cumulative_percent FROM occurrence o JOIN alert_rule r ON r.version = o.rule_version`;

export function occurrenceOf(row: OccurrenceRow): Occurrence {
  return {
    id: row.id,
    rules: row.rules,
    ruleVersion: row.rule_version,
    stepPercent: row.step_percent,
    cumulativePercent: row.cumulative_percent,
    baselineBefore: row.baseline_before,
    anchor: row.anchor,
    amountNow: row.amount_now,
    dropPercent: row.drop_percent,
    infoBefore: row.info_before,
    infoNow: row.info_now,
    eventTime: isoOf(row.event_time),
    detectedAt: isoOf(row.detected_at),
    seq: row.seq,
  };
}

/** All evidence that the reader may see, oldest event first. */
export async function findOccurrences(
  ctx: Pick<Context, "pool">,
  query: z.infer<typeof occurrencesQuery>,
  scope: DataScope,
): Promise<{ items: Found[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ["integer", "text"]);
  const values: unknown[] = [
    query.userId ?? null,
    query.from === undefined ? null : Date.parse(query.from),
    query.to === undefined ? null : Date.parse(query.to),
    after?.[0] ?? null,
    after?.[1] ?? null,
    query.limit + 1,
  ];
  const own = ["true", ...scopeCondition(scope, "o.user_id", (value) => `$${values.push(value)}`)];
  const { rows } = await ctx.pool.query<OccurrenceRow>(
    `${SELECT_OCCURRENCES}
     WHERE ($1::bigint IS NULL OR user_id = $1) AND ($2::bigint IS NULL OR event_time >= $2)
       AND ($3::bigint IS NULL OR event_time < $3) AND ($4::bigint IS NULL OR (event_time, id) > ($4, $5)) AND ${own.join(" AND ")}
     ORDER BY event_time, id LIMIT $6`,
    values,
  );
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.event_time, row.id]);
  return {
    items: items.map((row) => ({ ...occurrenceOf(row), userId: row.user_id, caseId: row.case_id })),
    nextCursor,
  };
}
