import { InvalidInput } from "../lib/errors.ts";

/** Names the clock of a replay: `event; from=1773072000057`, ms; without `from`, from the beginning. */
export const CLOCK_HEADER = "tidewatch-clock";

/** Where the event clock stands, ms; null: the wall clock. @throws {InvalidInput} */
export function eventClockOf(header: string | undefined): number | null {
  if (header === undefined || header.trim() === "wall") return null;
  const match = /^event(?:\s*;\s*from=(\d{1,16}))?$/.exec(header.trim());
  if (!match) throw new InvalidInput('Tidewatch-Clock is "wall", "event" or "event; from=<milliseconds>".');
  return Number(match[1] ?? 0);
}
