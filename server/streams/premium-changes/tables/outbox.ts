import type pg from "pg";
import { formatFen } from "#server/contracts/money.ts";

/** Something that a business manager is to be told (rule K9). */
export interface NoticeWrite {
  readonly userId: string;
  readonly kind: "opened" | "regressed" | "escalated";
  /** The alert that it tells of; its identity is the delivery key. */
  readonly occurrenceId: string;
  readonly rules: readonly string[];
  readonly ruleVersion: number;
  readonly baselineBefore: bigint;
  readonly anchor: bigint;
  readonly amountNow: bigint;
  readonly premiumAtRisk: bigint;
  /** ms */
  readonly eventTime: number;
}

/** Writes notices in order; one that is there already stays as it is. */
export async function writeNotices(
  db: Pick<pg.ClientBase, "query">,
  notices: readonly NoticeWrite[],
  caseIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  if (notices.length === 0) return;
  await db.query(
    `INSERT INTO outbox (delivery_key, kind, case_id, payload, created_at)
     SELECT delivery_key, kind, case_id, payload, $5
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[])
       WITH ORDINALITY AS n (delivery_key, kind, case_id, payload, place) ORDER BY place
     ON CONFLICT (delivery_key) DO NOTHING`,
    [
      notices.map((notice) => `alert_${notice.occurrenceId}`),
      notices.map((notice) => notice.kind),
      notices.map((notice) => caseIds.get(notice.userId)),
      notices.map((notice) => JSON.stringify(payloadOf(notice))),
      now,
    ],
  );
}

function payloadOf(notice: NoticeWrite): Record<string, unknown> {
  return {
    userId: notice.userId,
    occurrenceId: notice.occurrenceId,
    rules: notice.rules,
    ruleVersion: notice.ruleVersion,
    baselineBefore: formatFen(notice.baselineBefore),
    anchor: formatFen(notice.anchor),
    amountNow: formatFen(notice.amountNow),
    premiumAtRisk: formatFen(notice.premiumAtRisk),
    eventTime: new Date(notice.eventTime).toISOString(),
  };
}
