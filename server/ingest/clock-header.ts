import { InvalidInput } from "../lib/errors.ts";

/** Names the clock of a replay: `event; from=1773072000057`, ms; without `from`, from the beginning. */
export const CLOCK_HEADER = "tidewatch-clock";

/** Business hours and dates have four digits for the year, even in a replay; ms. */
export const LATEST_EVENT_CLOCK = Date.UTC(9999, 0, 1);

/** Where the event clock stands, ms; null: the wall clock. @throws {InvalidInput} */
export function eventClockOf(header: string | undefined): number | null {
  if (header === undefined || header.trim() === "wall") return null;
  const match = /^event(?:\s*;\s*from=(\d{1,16}))?$/.exec(header.trim());
  if (!match) throw new InvalidInput('Tidewatch-Clock is "wall", "event" or "event; from=<milliseconds>".');
  const from = Number(match[1] ?? 0);
  if (from > LATEST_EVENT_CLOCK) throw new InvalidInput("Tidewatch-Clock begins after the year 9998.");
  return from;
}
