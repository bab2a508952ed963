import type { HourAggregate } from "#server/contracts/committed.ts";
import { ALL_MEASURES, HOUR_MEASURES } from "#server/contracts/hour-measures.ts";
import { formatFen } from "#server/contracts/money.ts";
import type { Queryable } from "#server/db/queryable.ts";

/** Writes changed hours in their newest state; an hour with neither winners nor gross orders has no row (rule O5). */
export async function writeHours(
  db: Queryable,
  position: number,
  hours: readonly HourAggregate[],
): Promise<void> {
  const kept = hours.filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0);
  const gone = hours.filter((hour) => hour.winnerCount === 0 && hour.grossOrderCount === 0);
  if (kept.length > 0) await upsertHours(db, position, kept);
  if (gone.length > 0) {
    await db.query("DELETE FROM hour_figure WHERE biz_hour = ANY ($1)", [gone.map((hour) => hour.bizHour)]);
  }
}

const COLUMNS = ALL_MEASURES.map((name) => HOUR_MEASURES[name].column);
const TYPES = ALL_MEASURES.map((name) => (HOUR_MEASURES[name].kind === "money" ? "numeric" : "int"));

const UPSERT = `
  INSERT INTO hour_figure (biz_hour, biz_date, revised_by_late, ${COLUMNS.join()}, position)
  SELECT *, $${COLUMNS.length + 4}::bigint FROM unnest($1::text[], $2::date[], $3::bool[],
    ${TYPES.map((type, at) => `$${at + 4}::${type}[]`).join()})
  ON CONFLICT (biz_hour) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join()},
    revised_by_late = excluded.revised_by_late, position = excluded.position`;

async function upsertHours(db: Queryable, position: number, hours: readonly HourAggregate[]): Promise<void> {
  await db.query(UPSERT, [
    hours.map((hour) => hour.bizHour),
    hours.map((hour) => hour.bizDate),
    hours.map((hour) => hour.revisedByLate),
    ...ALL_MEASURES.map((name) =>
      hours.map(({ [name]: value }) => (typeof value === "bigint" ? formatFen(value) : value)),
    ),
    position,
  ]);
}

/** Hours of a day that late events have changed. */
export async function readRevisedHours(db: Queryable, date: string): Promise<string[]> {
  const { rows } = await db.query<{ biz_hour: string }>(
    "SELECT biz_hour FROM hour_figure WHERE biz_date = $1 AND revised_by_late",
    [date],
  );
  return rows.map((row) => row.biz_hour);
}
