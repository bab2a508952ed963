import type { DayTotals, HourFigures } from "#server/contracts/api/orders.ts";
import { sumShown } from "#server/contracts/hour-measures.ts";
import { formatFen, parseFen } from "#server/contracts/money.ts";

/** Exact sums over the hours of a day: counts are by the hour, as the rules have them (O4). */
export const sumHours = (hours: readonly HourFigures[]): DayTotals => sumShown(hours);

const fenOf = (money: string): bigint => parseFen(money) ?? 0n;

/** a − b of two amounts on the wire. */
export const minus = (a: string, b: string): string => formatFen(fenOf(a) - fenOf(b));
