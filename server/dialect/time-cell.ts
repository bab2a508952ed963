import { type CellFault, invisibleIn, plainCell, unwrapped } from "./cell.ts";
import type { WallClock } from "./wall-clock.ts";

const DATE = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?/;
const TIME = /^[T ]?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/i;
/** 11/3/2026, 26/11/3: which of them is the month, or the year, nobody can know. */
const OTHER_ORDER = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4}\b/;

/**
 * A time as a spreadsheet shows it: without a zone it is one of the business zone, a date alone is its beginning.
 * What has a zone, or is milliseconds, is handed on as it is.
 */
export function readTimeCell(cell: string, clock: WallClock): string | CellFault {
  const text = unwrapped(plainCell(cell));
  const invisible = invisibleIn(text);
  if (invisible) return invisible;
  if (OTHER_ORDER.test(text)) {
    return {
      code: "ambiguous_date",
      message: "day and month cannot be told apart; write the date like 2026-11-03",
    };
  }
  const date = DATE.exec(text);
  if (!date) return text;
  const rest = text.slice(date[0].length).trim();
  const time = TIME.exec(rest);
  if (rest !== "" && !time) return text;
  const [year, month, day] = date.slice(1).map(Number) as [number, number, number];
  const [hour = 0, minute = 0, second = 0] = (time?.slice(1, 4) ?? []).map((part) => Number(part ?? 0));
  const millisecond = Number((time?.[4] ?? "").padEnd(3, "0"));
  const instant = clock.instantOf({ year, month, day, hour, minute, second, millisecond });
  if (instant === null) return { code: "bad_time", message: `no such time in ${clock.zone}` };
  return new Date(instant).toISOString();
}
