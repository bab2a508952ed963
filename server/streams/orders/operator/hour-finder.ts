import { type BusinessTime, dateOfHour, QUARTER_MS } from "#server/contracts/business-time.ts";
import type { OrderColumns } from "#server/contracts/order-columns.ts";

/** Business hours of orders that mostly come in the order of time: the last answer is kept at hand. */
export class HourFinder {
  bizHour = "";
  bizDate = "";
  readonly #time: BusinessTime;
  #from = Number.NaN;

  constructor(time: BusinessTime) {
    this.#time = time;
  }

  /** Finds `bizHour` and `bizDate` of an event time, ms. @returns whether they may be others than last time */
  moves(time: number): boolean {
    if (time >= this.#from && time < this.#from + QUARTER_MS) return false;
    this.#from = Math.floor(time / QUARTER_MS) * QUARTER_MS;
    this.bizHour = this.#time.hourOf(time);
    this.bizDate = dateOfHour(this.bizHour);
    return true;
  }
}

/** Business dates of orders. */
export function datesOf(orders: OrderColumns, time: BusinessTime): Set<string> {
  const dates = new Set<string>();
  const finder = new HourFinder(time);
  for (let index = 0; index < orders.length; index++) {
    if (finder.moves(orders.arrays.gmtModified[index] as number)) dates.add(finder.bizDate);
  }
  return dates;
}
