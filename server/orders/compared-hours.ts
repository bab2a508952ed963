import type { HourAggregate } from "../contracts/committed.ts";
import { type MeasureValues, meanMeasures, sumMeasures } from "../contracts/hour-measures.ts";

/** Hours of a day by the clock on the wall, "00" to "23"; those without figures are absent (rule O5). */
export type DayHours = ReadonlyMap<string, MeasureValues>;

export const hoursByClock = (hours: readonly HourAggregate[]): DayHours =>
  new Map(hours.map((hour) => [hour.bizHour.slice(8), hour]));

/** The mean of each hour that any of the days has; a day without it counts with nothing there (rule O13). */
export function meanHours(days: readonly DayHours[]): DayHours {
  const clocks = new Set(days.flatMap((hours) => [...hours.keys()]));
  return new Map(
    [...clocks].map((clock) => {
      const sums = sumMeasures(days.flatMap((hours) => hours.get(clock) ?? []));
      return [clock, meanMeasures(sums, days.length)];
    }),
  );
}
