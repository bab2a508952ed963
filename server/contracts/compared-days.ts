import { addDays } from "./business-time.ts";

/** What a day is compared with (rule O13), besides any date. */
export const COMPARISONS = ["yesterday", "last-week", "average"] as const;
export type Comparisons = (typeof COMPARISONS)[number];
/** One of them, or a business date. */
export type ComparedWith = Comparisons | `${number}-${number}-${number}`;

/** How many weeks the average looks back. */
export const AVERAGE_WEEKS = 4;

export const isComparison = (text: string): text is Comparisons =>
  (COMPARISONS as readonly string[]).includes(text);

/** The business dates that stand for `compared` beside `date`, the nearest first. */
export function comparedDays(date: string, compared: ComparedWith): string[] {
  switch (compared) {
    case "yesterday":
      return [addDays(date, -1)];
    case "last-week":
      return [addDays(date, -7)];
    case "average":
      return Array.from({ length: AVERAGE_WEEKS }, (_, week) => addDays(date, -7 * (week + 1)));
    default:
      return [compared];
  }
}
