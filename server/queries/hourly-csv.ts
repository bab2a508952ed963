import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import type { HourFigures, hourlyCsvQuery } from "../contracts/api/orders.ts";
import type { Runtime } from "../runtime.ts";
import { hourFiguresOf } from "./hour-figures.ts";
import { hourly } from "./hourly.ts";
import { storedHours } from "./stored-hours.ts";

type Row = Record<string, string | number | undefined>;

/** The board's table as CSV: one line an hour that either day knows, the premium that is shown, the other day beside it. */
export async function hourlyCsv(
  rt: Pick<Runtime, "pool" | "epoch" | "time" | "now">,
  query: z.infer<typeof hourlyCsvQuery>,
): Promise<string> {
  const shown = await hourly(rt, query);
  const openHour = rt.time.hourOf(rt.now());
  const stored = query.with ? await storedHours(rt.pool, query.with) : [];
  const others = new Map(
    stored.map((hour) => [hour.bizHour.slice(8), hourFiguresOf(hour, openHour)] as const),
  );
  const today = new Map(shown.hours.map((hour) => [hour.bizHour.slice(8), hour] as const));
  const clock = [...new Set([...today.keys(), ...others.keys()])].sort();
  const rows = clock.map((hour): Row => {
    const figures = today.get(hour);
    return {
      date: query.date,
      hour: `${hour}:00`,
      ...columns(figures, query.show, ""),
      ...(query.with ? columns(others.get(hour), query.show, `_on_${query.with}`) : {}),
      partial: figures ? String(figures.partial) : "",
      revised_by_late: figures ? String(figures.revisedByLate) : "",
    };
  });
  // The mark at the beginning lets spreadsheets see UTF-8; no cell may start a formula.
  return stringify(rows, { header: true, bom: true, escape_formulas: true });
}

/** Columns of one day; empty where the hour has no figures. */
function columns(
  hour: HourFigures | undefined,
  show: z.infer<typeof hourlyCsvQuery>["show"],
  suffix: string,
): Row {
  return {
    ...(show === "gross" ? {} : { [`total_premium${suffix}`]: hour?.totalPremium }),
    ...(show === "last" ? {} : { [`gross_premium${suffix}`]: hour?.grossPremium }),
    [`policy_count${suffix}`]: hour?.policyCount,
    [`policy_holder_count${suffix}`]: hour?.policyHolderCount,
    ...(show === "last" ? {} : { [`gross_order_count${suffix}`]: hour?.grossOrderCount }),
  };
}
