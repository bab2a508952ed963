import type { DayTotals, HourFigures } from "#server/contracts/api/orders.ts";
import { sumShown } from "#server/contracts/hour-measures.ts";
import { formatFen, parseFen } from "#server/contracts/money.ts";

/** Exact sums over the hours of a day: counts are by the hour, as the rules have them (O4). */
export const sumHours = (hours: readonly HourFigures[]): DayTotals => sumShown(hours);

/** How a figure stands against another. */
export interface Change {
  readonly direction: "up" | "down" | "same";
  /** Size of the change in percent with one decimal, e.g. "8.4"; null when there is nothing to divide by. */
  readonly percent: string | null;
}

/** Exact: amounts in fen or plain counts. Rounded half away from zero. */
export function changeOf(now: bigint, before: bigint): Change {
  const difference = now - before;
  const direction = difference > 0n ? "up" : difference < 0n ? "down" : "same";
  if (before <= 0n) return { direction, percent: null };
  const size = difference < 0n ? -difference : difference;
  const tenths = (size * 2_000n + before) / (before * 2n);
  return { direction, percent: `${tenths / 10n}.${tenths % 10n}` };
}

export const fenOf = (money: string): bigint => parseFen(money) ?? 0n;

/** a − b of two amounts on the wire. */
export const minus = (a: string, b: string): string => formatFen(fenOf(a) - fenOf(b));
