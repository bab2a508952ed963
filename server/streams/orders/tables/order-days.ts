import { ALL_MEASURES, HOUR_MEASURES } from "#server/contracts/hour-measures.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { DayState } from "../operator/day-calendar.ts";

export async function readOrderDays(db: Queryable): Promise<DayState[]> {
  const { rows } = await db.query<{
    date: string;
    event_clock: boolean;
    touched_at: string;
    revision: number;
  }>("SELECT biz_date::text AS date, event_clock, touched_at, revision FROM order_day");
  return rows.map((row) => ({
    bizDate: row.date,
    revision: row.revision,
    eventClock: row.event_clock,
    touchedAt: Number(row.touched_at),
  }));
}

export async function writeOrderDays(db: Queryable, days: readonly DayState[]): Promise<void> {
  if (days.length === 0) return;
  await db.query(
    `INSERT INTO order_day (biz_date, event_clock, touched_at, revision)
     SELECT * FROM unnest($1::date[], $2::bool[], $3::bigint[], $4::int[])
     ON CONFLICT (biz_date) DO UPDATE SET event_clock = excluded.event_clock, touched_at = excluded.touched_at,
       revision = greatest(order_day.revision, excluded.revision)`,
    [
      days.map((day) => day.bizDate),
      days.map((day) => day.eventClock),
      days.map((day) => day.touchedAt),
      days.map((day) => day.revision),
    ],
  );
}

/** What a revision says of itself beside its figures. */
export interface RevisionNote {
  readonly revision: number;
  readonly at: Date;
  /** null: the close itself. */
  readonly actor: string | null;
  readonly reason: string | null;
  /** Late events that it takes in. */
  readonly lateEvents: number;
  /** Commit position. */
  readonly position: number;
}

const COLUMNS = ALL_MEASURES.map((name) => HOUR_MEASURES[name].column).join();

/** Keeps the day's hours, as hour_figure holds them in this transaction, as a revision. */
export async function writeRevision(db: Queryable, date: string, note: RevisionNote): Promise<void> {
  await db.query(
    `INSERT INTO day_revision (biz_date, revision, at, actor, reason, late_events, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [date, note.revision, note.at, note.actor, note.reason, note.lateEvents, note.position],
  );
  await db.query(
    `INSERT INTO day_revision_hour (biz_date, revision, biz_hour, revised_by_late, ${COLUMNS})
     SELECT biz_date, $2, biz_hour, revised_by_late, ${COLUMNS} FROM hour_figure WHERE biz_date = $1`,
    [date, note.revision],
  );
}

/** Closes days: revision 1 (rule O6). Their hours must have been written. `days`: date and the clock that closed it, ms. */
export async function closeDays(
  db: Queryable,
  position: number,
  days: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [date, clock] of days) {
    const note = { revision: 1, at: new Date(clock), actor: null, reason: null, lateEvents: 0, position };
    await writeRevision(db, date, note);
  }
}
