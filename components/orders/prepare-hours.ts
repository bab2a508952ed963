import type { HourFigures } from "#server/contracts/api/orders.ts";
import type { CountMeasure, TableMeasure } from "#server/contracts/hour-measures.ts";
import { parseFen } from "#server/contracts/money.ts";
import type { BarColumn } from "../charts/bar-column.ts";

/** Which premium is shown: the users' last orders, all orders, or both. */
export const SHOWS = ["last", "gross", "both"] as const;
export type Show = (typeof SHOWS)[number];

/** One hour of the clock on the shown day, and the same hour of the day compared with; null: no figures. */
export interface HourRow {
  readonly bizHour: string;
  /** "14" */
  readonly clock: string;
  readonly now: HourFigures | null;
  readonly before: HourFigures | null;
  /** The hour still runs. */
  readonly isPartial: boolean;
}

const CLOCK = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/**
 * All 24 hours of the clock, both days' side by side (rule O13); an hour without figures stays a gap, never a zero (rule O5).
 * @param openHour the business hour that runs
 */
export function prepareHours(
  date: string,
  hours: readonly HourFigures[],
  before: readonly HourFigures[],
  openHour: string,
): HourRow[] {
  const byClock = (list: readonly HourFigures[]) =>
    new Map(list.map((hour) => [hour.bizHour.slice(8), hour]));
  const [shown, compared] = [byClock(hours), byClock(before)];
  return CLOCK.map((clock) => {
    const bizHour = `${date.replaceAll("-", "")}${clock}`;
    return {
      bizHour,
      clock,
      now: shown.get(clock) ?? null,
      before: compared.get(clock) ?? null,
      isPartial: bizHour === openHour,
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
    ghost: drawn(show === "gross" ? row.before?.grossPremium : row.before?.totalPremium),
  }));
}

export function countColumns(rows: readonly HourRow[], count: CountMeasure & TableMeasure): BarColumn[] {
  return rows.map((row) => ({
    ...common(row),
    solid: row.now?.[count] ?? null,
    outline: null,
    ghost: row.before?.[count] ?? null,
    isMarked: false,
  }));
}

const common = (row: HourRow) => ({
  key: row.bizHour,
  label: row.clock,
  isPartial: row.isPartial,
  isMarked: row.now?.revisedByLate ?? false,
});
