import { decimal, hundredths } from "./exact.ts";
import { type HourRow, hourlyTable, type OrderLine } from "./orders.ts";

/** An hour of the clock and its figures: "08", total_premium, policies, policy holders, gross premium, gross orders. */
export type ClockRow = readonly [string, string, number, number, string, number];

/** Rule O13, recomputed from all lines at once. */
export interface Compared {
  /** Days with figures, yyyy-mm-dd. */
  readonly days: string[];
  readonly until: ClockRow[];
  readonly whole: ClockRow[];
  /** Without the hour; null: no day has figures. */
  readonly totals: (string | number)[] | null;
  readonly wholeTotals: (string | number)[] | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** @param minute of the clock on the wall, 0–1440 */
export function comparedTable(
  lines: readonly OrderLine[],
  zone: string,
  dates: readonly string[],
  minute: number,
): Compared {
  const all = dates.map((date) => {
    const wall = wallOf(date, zone);
    const ofDay = lines.filter((line) => isOfDay(line, wall));
    const cut = cutOf(wall, minute);
    const before = ofDay.filter((line) => Number(line.gmt_modified) < cut);
    return { date, whole: hourlyTable(ofDay, zone), until: hourlyTable(before, zone) };
  });
  const days = all.filter(({ whole }) => whole.length > 0);
  const count = BigInt(days.length);
  return {
    days: days.map(({ date }) => date),
    until: means(
      days.map(({ until }) => until),
      count,
    ),
    whole: means(
      days.map(({ whole }) => whole),
      count,
    ),
    totals:
      count === 0n
        ? null
        : mean(
            days.flatMap(({ until }) => until),
            count,
          ),
    wholeTotals:
      count === 0n
        ? null
        : mean(
            days.flatMap(({ whole }) => whole),
            count,
          ),
  };
}

type Wall = readonly { readonly at: number; readonly clock: number }[];
const walls = new Map<string, Wall>();

/** Every minute of a date, ms, with what the wall shows. */
function wallOf(date: string, zone: string): Wall {
  const known = walls.get(`${date} ${zone}`);
  if (known) return known;
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const found: { at: number; clock: number }[] = [];
  for (let at = midnight - DAY_MS; at < midnight + 2 * DAY_MS; at += MINUTE_MS) {
    const [day, clock = ""] = format.format(at).split(" ");
    if (day === date) found.push({ at, clock: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) });
  }
  walls.set(`${date} ${zone}`, found);
  return found;
}

function isOfDay(line: OrderLine, wall: Wall): boolean {
  const at = Number(line.gmt_modified);
  return at >= (wall[0]?.at ?? 0) && at < (wall.at(-1)?.at ?? 0) + MINUTE_MS;
}

/** The last time that the wall shows it; else the first time that it shows a later one; else the end of the day. */
function cutOf(wall: Wall, minute: number): number {
  const shown = wall.findLast(({ clock }) => clock === minute) ?? wall.find(({ clock }) => clock > minute);
  return shown?.at ?? (wall.at(-1)?.at ?? 0) + MINUTE_MS;
}

function means(tables: readonly HourRow[][], count: bigint): ClockRow[] {
  const byClock = Map.groupBy(tables.flat(), ([hour]) => hour.slice(8));
  return [...byClock.keys()]
    .sort()
    .map((clock) => [clock, ...mean(byClock.get(clock) ?? [], count)] as unknown as ClockRow);
}

/** Half goes away from zero. */
function mean(rows: readonly HourRow[], count: bigint): (string | number)[] {
  return [1, 2, 3, 4, 5].map((column) => {
    const isMoney = column === 1 || column === 4;
    const sum = rows.reduce(
      (total, row) => total + (isMoney ? (hundredths(row[column]) ?? 0n) : BigInt(row[column] as number)),
      0n,
    );
    const [size, sign] = sum < 0n ? [-sum, -1n] : [sum, 1n];
    const rounded = sign * ((size * 2n + count) / (count * 2n));
    return isMoney ? decimal(rounded) : Number(rounded);
  });
}
