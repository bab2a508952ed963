import type { z } from "zod";
import type { Context } from "../context.ts";
import type { HourFigures, hourlyCsvQuery } from "../contracts/api/orders.ts";
import { isInView, SHOWN_MEASURES } from "../contracts/hour-measures.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import { hourFiguresOf } from "./hour-figures.ts";
import { hourly } from "./hourly.ts";
import { storedHours } from "./stored-hours.ts";

type Query = z.infer<typeof hourlyCsvQuery>;

/** An hour of the clock, with what either day has there. */
interface Row {
  readonly hour: string;
  readonly shown: HourFigures | undefined;
  readonly other: HourFigures | undefined;
}

/** The board's table as CSV: one line an hour that either day knows, the premium that is shown, the other day beside it. */
export async function hourlyCsv(
  ctx: Pick<Context, "pool" | "epoch" | "time" | "now">,
  query: Query,
): Promise<string> {
  const shown = await hourly(ctx, query);
  const openHour = ctx.time.hourOf(ctx.now());
  const stored = query.with ? await storedHours(ctx.pool, query.with) : [];
  const others = new Map(
    stored.map((hour) => [hour.bizHour.slice(8), hourFiguresOf(hour, openHour)] as const),
  );
  const today = new Map(shown.hours.map((hour) => [hour.bizHour.slice(8), hour] as const));
  const clock = [...new Set([...today.keys(), ...others.keys()])].sort();
  const rows = clock.map((hour): Row => ({ hour, shown: today.get(hour), other: others.get(hour) }));
  const columns = columnsOf(query);
  return csvHeader(columns) + csvLines(columns, rows);
}

function columnsOf(query: Query): CsvColumn<Row>[] {
  return [
    { name: "date", of: () => query.date },
    { name: "hour", of: ({ hour }) => `${hour}:00` },
    ...figures(query.show, "", ({ shown }) => shown),
    ...(query.with ? figures(query.show, `_on_${query.with}`, ({ other }) => other) : []),
    { name: "partial", of: ({ shown }) => shown && String(shown.partial) },
    { name: "revised_by_late", of: ({ shown }) => shown && String(shown.revisedByLate) },
  ];
}

/** Columns of one day; blank where the hour has no figures. Their names are words: policy_count, whatever the column is called. */
const figures = (
  show: Query["show"],
  suffix: string,
  day: (row: Row) => HourFigures | undefined,
): CsvColumn<Row>[] =>
  SHOWN_MEASURES.filter((name) => isInView(name, show)).map((name) => ({
    name: `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}${suffix}`,
    of: (row) => day(row)?.[name],
  }));
