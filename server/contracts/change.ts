import { formatFen, parseFen } from "./money.ts";

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

/** A figure as answers carry it: money as text, a count as a number. */
export type Figure = string | number;

/** In hundredths of money, or as many as it counts. */
export const sizeOf = (figure: Figure): bigint =>
  typeof figure === "string" ? (parseFen(figure) ?? 0n) : BigInt(figure);

/** a − b, in the form of both. */
export function differenceOf(a: Figure, b: Figure): Figure {
  const difference = sizeOf(a) - sizeOf(b);
  return typeof a === "string" ? formatFen(difference) : Number(difference);
}

/** Percent with its sign as plain text, "-0.2"; null when there is nothing to divide by. */
export function signedPercent({ direction, percent }: Change): string | null {
  if (percent === null || direction === "same" || percent === "0.0") return percent;
  return direction === "down" ? `-${percent}` : percent;
}
