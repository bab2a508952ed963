import { type DataScope, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { CaseDetail, TimelineEntry } from "../contracts/api/retention.ts";
import { NotFound } from "../lib/errors.ts";
import { type CaseRow, SELECT_CASES, summariesOf } from "./case-summaries.ts";
import { customerContact } from "./customer-contact.ts";
import { type OccurrenceRow, occurrenceOf, SELECT_OCCURRENCES } from "./occurrences.ts";

interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string | null;
  readonly actor_name: string | null;
  readonly kind: TimelineEntry["kind"];
  readonly body: Record<string, unknown>;
}

/** What reading a case takes. */
export type CaseNeeds = Pick<Context, "pool" | "cipher" | "now" | "settings">;

/**
 * A case with its evidence (oldest first) and its timeline (newest first).
 * @param scope whose customers the reader sees: a case of another one is none
 * @throws {NotFound}
 */
export async function retentionCase(ctx: CaseNeeds, id: string, scope: DataScope): Promise<CaseDetail> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound("There is no such case.");
  const values: unknown[] = [id];
  const own = ["c.id = $1", ...scopeCondition(scope, "c.user_id", (value) => `$${values.push(value)}`)];
  const [cases, occurrences, timeline] = await Promise.all([
    ctx.pool.query<CaseRow>(`${SELECT_CASES} WHERE ${own.join(" AND ")}`, values),
    ctx.pool.query<OccurrenceRow>(`${SELECT_OCCURRENCES} WHERE case_id = $1 ORDER BY event_time, seq`, [id]),
    ctx.pool.query<EntryRow>(
      `SELECT e.id, e.at, e.actor, p.name AS actor_name, e.kind, e.body
       FROM case_event e LEFT JOIN "user" p ON p.id = e.actor WHERE e.case_id = $1 ORDER BY e.id DESC`,
      [id],
    ),
  ]);
  const [row] = cases.rows;
  const [summary] = row ? await summariesOf(ctx, [row]) : [];
  if (!summary) throw new NotFound("There is no such case.");
  return {
    ...summary,
    contact: await customerContact(ctx, summary.userId),
    occurrences: occurrences.rows.map(occurrenceOf),
    timeline: timeline.rows.map(entryOf),
  };
}

function entryOf(row: EntryRow): TimelineEntry {
  const actor = row.actor === null ? null : { id: row.actor, name: row.actor_name ?? row.actor };
  return { id: row.id, at: row.at.toISOString(), actor, kind: row.kind, body: row.body };
}
