import { businessHour, compareParts, decimal, hundredths, type Part } from "./exact.ts";

/** A line of the stream orders as it was sent, all of it valid. */
export type OrderLine = Readonly<Record<string, unknown>>;

/** One row of the table of hours, as text: bizHour, totalPremium, policyCount, policyHolderCount, grossPremium, grossOrderCount. */
export type HourRow = readonly [string, string, number, number, string, number];

/** A blank text is none (C13). */
const textOf = (value: unknown): string | null =>
  value === null || value === undefined || String(value).trim() === "" ? null : String(value);

/** Rule O2. */
function winnerKey(line: OrderLine): Part[] {
  return [
    Number(line.gmt_modified),
    textOf(line.order_no),
    hundredths(line.account_payble),
    textOf(line.customer_tel),
  ];
}

/** Rule O7. */
function grossKey(line: OrderLine): Part[] {
  return [Number(line.gmt_modified), hundredths(line.account_payble), BigInt(String(line.id))];
}

/** The greatest line of each group. */
function greatest(
  lines: readonly OrderLine[],
  groupOf: (line: OrderLine) => string,
  keyOf: (line: OrderLine) => Part[],
): OrderLine[] {
  const best = new Map<string, OrderLine>();
  for (const line of lines) {
    const group = groupOf(line);
    const current = best.get(group);
    if (!current || compareParts(keyOf(line), keyOf(current)) > 0) best.set(group, line);
  }
  return [...best.values()];
}

/** Rule O1: the last order of each user and business date. */
export const winnersOf = (lines: readonly OrderLine[], zone: string): OrderLine[] =>
  greatest(lines, (line) => `${dateOf(line, zone)} ${BigInt(String(line.id))}`, winnerKey);

/** Rule O7: the greatest version of each order number of a business date. */
export const versionsOf = (lines: readonly OrderLine[], zone: string): OrderLine[] =>
  greatest(lines, (line) => `${dateOf(line, zone)} ${String(line.order_no)}`, grossKey);

/** What becomes of a line after these others of its day (rule O2, C6). */
export function orderDisposition(
  line: OrderLine,
  before: readonly OrderLine[],
): "applied" | "superseded" | "duplicate" {
  const own = before.filter((other) => BigInt(String(other.id)) === BigInt(String(line.id)));
  const comparisons = own.map((other) => compareParts(winnerKey(line), winnerKey(other)));
  if (comparisons.every((comparison) => comparison > 0)) return "applied";
  return comparisons.some((comparison) => comparison < 0) ? "superseded" : "duplicate";
}

/** yyyyMMdd */
export const dateOf = (line: OrderLine, zone: string): string =>
  businessHour(Number(line.gmt_modified), zone).slice(0, 8);

/** The table of hours, recomputed from all lines at once (rules O1–O5, O7); hours with neither kind of figure are absent. */
export function hourlyTable(lines: readonly OrderLine[], zone: string): HourRow[] {
  const hourOf = (line: OrderLine) => businessHour(Number(line.gmt_modified), zone);
  const winners = Map.groupBy(winnersOf(lines, zone), hourOf);
  const versions = Map.groupBy(versionsOf(lines, zone), hourOf);
  const hours = new Set([...winners.keys(), ...versions.keys()]);
  return [...hours].sort().map((hour) => {
    const here = winners.get(hour) ?? [];
    const gross = versions.get(hour) ?? [];
    const sum = (rows: readonly OrderLine[]) =>
      decimal(rows.reduce((total, line) => total + (hundredths(line.account_payble) ?? 0n), 0n));
    const telephones = here.map((line) => textOf(line.customer_tel)).filter((tel) => tel !== null);
    return [
      hour,
      sum(here),
      new Set(here.map((line) => String(line.order_no))).size,
      new Set(telephones).size,
      sum(gross),
      gross.length,
    ];
  });
}
