import type { HourFigures } from "../contracts/api/orders.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import { formatFen } from "../contracts/money.ts";

/** An hour's figures on the wire. `openHour` is the business hour that runs now. */
export function hourFiguresOf(hour: HourAggregate, openHour: string): HourFigures {
  return {
    bizHour: hour.bizHour,
    totalPremium: formatFen(hour.totalPremium),
    policyCount: hour.policyCount,
    policyHolderCount: hour.policyHolderCount,
    grossPremium: formatFen(hour.grossPremium),
    grossOrderCount: hour.grossOrderCount,
    partial: hour.bizHour === openHour,
    revisedByLate: hour.revisedByLate,
  };
}
