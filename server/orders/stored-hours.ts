import type { HourAggregate } from "../contracts/committed.ts";
import { ALL_MEASURES, eachMeasure, HOUR_MEASURES, type MeasureValues } from "../contracts/hour-measures.ts";
import { parseFen } from "../contracts/money.ts";
import type { Queryable } from "../db/queryable.ts";

/** Money comes as decimal text, a count as a number. */
type Row = Readonly<Record<string, string | number>> & {
  readonly biz_hour: string;
  readonly revised_by_late: boolean;
};

const COLUMNS = [
  "biz_hour",
  "revised_by_late",
  ...ALL_MEASURES.map((name) => HOUR_MEASURES[name].column),
].join();

/** The hours of a business date that have figures, in order; as an earlier revision had them, if one is named. */
export async function storedHours(
  db: Queryable,
  date: string,
  revision: number | null = null,
): Promise<HourAggregate[]> {
  const { rows } = await db.query<Row>(
    revision === null
      ? `SELECT ${COLUMNS} FROM hour_figure WHERE biz_date = $1 ORDER BY biz_hour`
      : `SELECT ${COLUMNS} FROM day_revision_hour WHERE biz_date = $1 AND revision = $2 ORDER BY biz_hour`,
    revision === null ? [date] : [date, revision],
  );
  return rows.map((row) => ({
    bizHour: row.biz_hour,
    bizDate: date,
    ...(eachMeasure((name) => figureOf(row[HOUR_MEASURES[name].column])) as unknown as MeasureValues),
    revisedByLate: row.revised_by_late,
  }));
}

const figureOf = (cell: string | number | undefined): bigint | number =>
  typeof cell === "string" ? (parseFen(cell) ?? 0n) : (cell ?? 0);
