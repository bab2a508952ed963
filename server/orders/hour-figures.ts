import type { HourFigures } from "../contracts/api/orders.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import { shownValues } from "../contracts/hour-measures.ts";

/** An hour's figures on the wire. `openHour` is the business hour that runs now. */
export function hourFiguresOf(hour: HourAggregate, openHour: string): HourFigures {
  return {
    bizHour: hour.bizHour,
    ...shownValues(hour),
    partial: hour.bizHour === openHour,
    revisedByLate: hour.revisedByLate,
  };
}
