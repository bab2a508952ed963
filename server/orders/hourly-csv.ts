import type { z } from "zod";
import type { Context } from "../context.ts";
import type { ComparedHour, Comparison, HourFigures, hourlyCsvQuery } from "../contracts/api/orders.ts";
import { changeOf, differenceOf, signedPercent, sizeOf } from "../contracts/change.ts";
import { type ComparedWith, isComparison } from "../contracts/compared-days.ts";
import { isInView, SHOWN_MEASURES, type ShownMeasure } from "../contracts/hour-measures.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import { comparison } from "./comparison.ts";
import { hourly } from "./hourly.ts";

type Query = z.infer<typeof hourlyCsvQuery>;

/** An hour of the clock on the shown day, and what it is compared with: as it stood at the same minute, and as a whole. */
interface Row {
  readonly hour: string;
  readonly shown: HourFigures | undefined;
  readonly until: ComparedHour | undefined;
  readonly whole: ComparedHour | undefined;
}

/** The board's table as CSV: one line an hour that either day knows, the premium that is shown, what it is compared with beside it. */
export async function hourlyCsv(
  ctx: Pick<Context, "pool" | "cipher" | "epoch" | "time" | "now">,
  query: Query,
): Promise<string> {
  const shown = await hourly(ctx, query);
  const compared = query.with ? await comparison(ctx, { date: query.date, with: query.with }) : null;
  const today = new Map(shown.hours.map((hour) => [hour.bizHour.slice(8), hour] as const));
  const until = byClock(compared?.hoursThen ?? []);
  const whole = byClock(compared?.hours ?? []);
  const clocks = [...new Set([...today.keys(), ...whole.keys()])].sort();
  const rows = clocks.map(
    (hour): Row => ({ hour, shown: today.get(hour), until: until.get(hour), whole: whole.get(hour) }),
  );
  const columns = columnsOf(query, compared);
  return csvHeader(columns) + csvLines(columns, rows);
}

const byClock = (hours: readonly ComparedHour[]) => new Map(hours.map((hour) => [hour.clock, hour] as const));

function columnsOf(query: Query, compared: Comparison | null): CsvColumn<Row>[] {
  const measures = SHOWN_MEASURES.filter((name) => isInView(name, query.show));
  return [
    { name: "date", of: () => query.date },
    { name: "hour", of: ({ hour }) => `${hour}:00` },
    ...measures.map((name): CsvColumn<Row> => ({ name: columnOf(name), of: ({ shown }) => shown?.[name] })),
    ...(query.with && compared ? comparedColumns(measures, query.with, compared) : []),
    { name: "partial", of: ({ shown }) => shown && String(shown.partial) },
    { name: "revised_by_late", of: ({ shown }) => shown && String(shown.revisedByLate) },
  ];
}

/** Of each figure: what it is compared with at the same minute (rule O13), difference, percent, and the other's whole hour. */
function comparedColumns(
  measures: readonly ShownMeasure[],
  compared: ComparedWith,
  { minute }: Comparison,
): CsvColumn<Row>[] {
  const other = isComparison(compared) ? compared.replaceAll("-", "_") : `on_${compared}`;
  const minuteText = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return [
    { name: "compared_until", of: () => minuteText },
    ...measures.flatMap((name): CsvColumn<Row>[] => [
      { name: `${columnOf(name)}_${other}`, of: ({ until }) => until?.[name] },
      {
        name: `${columnOf(name)}_difference`,
        of: ({ shown, until }) => shown && until && differenceOf(shown[name], until[name]),
      },
      {
        name: `${columnOf(name)}_percent`,
        of: ({ shown, until }) =>
          shown && until && signedPercent(changeOf(sizeOf(shown[name]), sizeOf(until[name]))),
      },
      { name: `${columnOf(name)}_${other}_whole_hour`, of: ({ whole }) => whole?.[name] },
    ]),
  ];
}

/** Names are words: policy_count, whatever the column of the database is called. */
const columnOf = (name: ShownMeasure): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
