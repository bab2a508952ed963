import { formatFen } from "#server/contracts/money.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** What the stream writes of a case; triage fields are not among it (rule K8). */
export interface CaseWrite {
  /** null: a new case. */
  readonly id: string | null;
  readonly userId: string;
  readonly mark: "recovered" | "regressed" | null;
  readonly baselineBefore: bigint;
  readonly anchor: bigint;
  /** Least amount of an occurrence since the case was opened or reopened. */
  readonly lowestAmount: bigint | null;
  readonly amountNow: bigint;
  readonly premiumAtRisk: bigint;
  readonly newOccurrences: number;
  /** A closed case comes back: its triage starts anew, its owner and last outcome stay. */
  readonly reopened: boolean;
  readonly openedAt: Date;
}

/** Evidence (rule K7). */
export interface OccurrenceWrite {
  readonly id: string;
  readonly userId: string;
  readonly rules: readonly string[];
  readonly ruleVersion: number;
  readonly baselineBefore: bigint;
  readonly anchor: bigint;
  readonly amountNow: bigint;
  readonly dropPercent: string;
  readonly infoBefore: string | null;
  readonly infoNow: string | null;
  readonly eventTime: number;
  readonly openId: string | null;
  readonly detectedAt: number;
  readonly seq: bigint;
}

/** A timeline entry that the stream makes. */
export interface StreamEntry {
  readonly userId: string;
  readonly kind: "opened" | "joined" | "recovered" | "regressed";
  /** Accepted time of its batch, as that of the case and of its evidence: a replayed past tells its own days. */
  readonly at: Date;
  readonly body: Record<string, string>;
}

/** Writes cases and answers their ids by user. */
export async function writeCases(
  db: Queryable,
  cases: readonly CaseWrite[],
  now: Date,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const write of cases) {
    const id = write.id === null ? await insertCase(db, write, now) : write.id;
    if (write.id !== null) await updateCase(db, write, id, now);
    ids.set(write.userId, id);
  }
  return ids;
}

async function insertCase(db: Queryable, write: CaseWrite, now: Date): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO retention_case (user_id, open_user_id, state, triage, mark, baseline_before, amount_now,
       premium_at_risk, occurrence_count, opened_at, updated_at, anchor, lowest_amount)
     VALUES ($1, $1, coalesce($2, 'new'), 'new', $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      write.userId,
      write.mark,
      formatFen(write.baselineBefore),
      formatFen(write.amountNow),
      formatFen(write.premiumAtRisk),
      write.newOccurrences,
      write.openedAt,
      now,
      formatFen(write.anchor),
      fenOrNull(write.lowestAmount),
    ],
  );
  return String(rows[0]?.id);
}

/** Only a reopening raises the version: evidence that joins must not make a person's click fail. */
async function updateCase(db: Queryable, write: CaseWrite, id: string, now: Date): Promise<void> {
  await db.query(
    `UPDATE retention_case SET mark = $2, triage = CASE WHEN $8 THEN 'new' ELSE triage END,
       state = coalesce($2, CASE WHEN $8 THEN 'new' ELSE triage END), baseline_before = $3, amount_now = $4,
       premium_at_risk = $5, occurrence_count = occurrence_count + $6, updated_at = $7,
       open_user_id = user_id, closed_at = NULL, snoozed_until = CASE WHEN $8 THEN NULL ELSE snoozed_until END,
       opened_at = CASE WHEN $8 THEN $9 ELSE opened_at END, version = version + CASE WHEN $8 THEN 1 ELSE 0 END,
       anchor = $10, lowest_amount = $11
     WHERE id = $1`,
    [
      id,
      write.mark,
      formatFen(write.baselineBefore),
      formatFen(write.amountNow),
      formatFen(write.premiumAtRisk),
      write.newOccurrences,
      now,
      write.reopened,
      write.openedAt,
      formatFen(write.anchor),
      fenOrNull(write.lowestAmount),
    ],
  );
}

const fenOrNull = (fen: bigint | null): string | null => (fen === null ? null : formatFen(fen));

/** Immutable: an occurrence that is there already stays as it is. A case knows the rules of its occurrences. */
export async function writeOccurrences(
  db: Queryable,
  occurrences: readonly OccurrenceWrite[],
  caseIds: ReadonlyMap<string, string>,
): Promise<void> {
  if (occurrences.length === 0) return;
  await db.query(
    `WITH added AS (INSERT INTO occurrence (id, user_id, case_id, rules, rule_version, baseline_before, amount_now, drop_percent,
       info_before, info_now, event_time, open_id, detected_at, seq, anchor)
     SELECT id, user_id, case_id, string_to_array(rules, ' '), rule_version, baseline_before, amount_now, drop_percent, info_before,
       info_now, event_time, open_id, detected_at, seq, anchor
     FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::numeric[], $6::numeric[], $7::numeric[],
       $8::text[], $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[],
       $14::text[], $15::numeric[])
       AS n (id, user_id, case_id, rule_version, baseline_before, amount_now, drop_percent, info_before, info_now,
         event_time, open_id, detected_at, seq, rules, anchor)
     ON CONFLICT (id) DO NOTHING RETURNING case_id, rules),
     fired AS (SELECT case_id, array_agg(DISTINCT rule) AS rules FROM added, unnest(rules) AS rule GROUP BY case_id)
     UPDATE retention_case c SET rules = ARRAY(SELECT DISTINCT unnest(c.rules || fired.rules) ORDER BY 1)
     FROM fired WHERE c.id = fired.case_id AND NOT c.rules @> fired.rules`,
    [
      occurrences.map((each) => each.id),
      occurrences.map((each) => each.userId),
      occurrences.map((each) => caseIds.get(each.userId)),
      occurrences.map((each) => each.ruleVersion),
      occurrences.map((each) => formatFen(each.baselineBefore)),
      occurrences.map((each) => formatFen(each.amountNow)),
      occurrences.map((each) => each.dropPercent),
      occurrences.map((each) => each.infoBefore),
      occurrences.map((each) => each.infoNow),
      occurrences.map((each) => each.eventTime),
      occurrences.map((each) => each.openId),
      occurrences.map((each) => each.detectedAt),
      occurrences.map((each) => each.seq),
      occurrences.map((each) => each.rules.join(" ")),
      occurrences.map((each) => formatFen(each.anchor)),
    ],
  );
}

export async function writeTimeline(
  db: Queryable,
  position: number,
  entries: readonly StreamEntry[],
  caseIds: ReadonlyMap<string, string>,
): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `INSERT INTO case_event (case_id, at, kind, body, position)
     SELECT case_id, at, kind, body, $5 FROM unnest($1::bigint[], $2::text[], $3::jsonb[], $4::timestamptz[])
       WITH ORDINALITY AS n (case_id, kind, body, at, place) ORDER BY place`,
    [
      entries.map((entry) => caseIds.get(entry.userId)),
      entries.map((entry) => entry.kind),
      entries.map((entry) => JSON.stringify(entry.body)),
      entries.map((entry) => entry.at),
      position,
    ],
  );
}
