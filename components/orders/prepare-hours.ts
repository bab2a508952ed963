import type { ComparedHour, Comparison, HourFigures } from "#server/contracts/api/orders.ts";
import type { CountMeasure, TableMeasure } from "#server/contracts/hour-measures.ts";
import { parseFen } from "#server/contracts/money.ts";
import type { BarColumn } from "../charts/bar-column.ts";

/** Which premium is shown: the users' last orders, all orders, or both. */
export const SHOWS = ["last", "gross", "both"] as const;
export type Show = (typeof SHOWS)[number];

/** One hour of the clock on the shown day, and what it is compared with (rule O13); null: no figures. */
export interface HourRow {
  readonly bizHour: string;
  /** "14" */
  readonly clock: string;
  readonly now: HourFigures | null;
  /** As it stood when the wall showed the same minute. */
  readonly until: ComparedHour | null;
  /** Its whole hour. */
  readonly whole: ComparedHour | null;
  /** The hour still runs. */
  readonly isPartial: boolean;
  /** It has not begun. */
  readonly isAhead: boolean;
}

const CLOCK = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/**
 * All 24 hours of the clock, both days' side by side; an hour without figures stays a gap, never a zero (rule O5).
 * @param openHour the business hour that runs
 */
export function prepareHours(
  date: string,
  hours: readonly HourFigures[],
  compared: Pick<Comparison, "hours" | "hoursThen"> | undefined,
  openHour: string,
): HourRow[] {
  const shown = new Map(hours.map((hour) => [hour.bizHour.slice(8), hour]));
  const byClock = (list: readonly ComparedHour[]) => new Map(list.map((hour) => [hour.clock, hour]));
  const [until, whole] = [byClock(compared?.hoursThen ?? []), byClock(compared?.hours ?? [])];
  return CLOCK.map((clock) => {
    const bizHour = `${date.replaceAll("-", "")}${clock}`;
    return {
      bizHour,
      clock,
      now: shown.get(clock) ?? null,
      until: until.get(clock) ?? null,
      whole: whole.get(clock) ?? null,
      isPartial: bizHour === openHour,
      isAhead: bizHour > openHour,
    };
  });
}

/** For drawing alone: pixels need no exact money. */
const drawn = (money: string | undefined): number | null =>
  money === undefined ? null : Number(parseFen(money) ?? 0n) / 100;

export function premiumColumns(rows: readonly HourRow[], show: Show): BarColumn[] {
  return rows.map((row) => ({
    ...common(row),
    solid: show === "gross" ? null : drawn(row.now?.totalPremium),
    outline: show === "last" ? null : drawn(row.now?.grossPremium),
    compared: drawn(outlineOf(row)?.[show === "gross" ? "grossPremium" : "totalPremium"]),
  }));
}

export function countColumns(rows: readonly HourRow[], count: CountMeasure & TableMeasure): BarColumn[] {
  return rows.map((row) => ({
    ...common(row),
    solid: row.now?.[count] ?? null,
    outline: null,
    compared: outlineOf(row)?.[count] ?? null,
    isMarked: false,
  }));
}

const common = (row: HourRow) => ({
  key: row.bizHour,
  label: row.clock,
  isPartial: row.isPartial,
  isMarked: row.now?.revisedByLate ?? false,
});

/** What stands behind the bar: of a complete hour the same minute, as in the table; of the others all that the hour came to. */
const outlineOf = (row: HourRow): ComparedHour | null =>
  row.isPartial || row.isAhead ? row.whole : row.until;
