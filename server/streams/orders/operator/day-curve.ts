import { addDays, type BusinessTime, dateOfHour } from "#server/contracts/business-time.ts";
import type { HourAggregate } from "#server/contracts/committed.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { ALL_MEASURES } from "#server/contracts/hour-measures.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { assert } from "#server/lib/assert.ts";
import { DayBatch } from "./day-batch.ts";
import { OrdersDay } from "./orders-day.ts";

/**
 * The hours with figures at each minute: element m counts the orders whose gmt_modified lies in the day's first m minutes. What did not
 * change from one minute to the next is one object in both: a day holds as much as it changed.
 */
export type DayCurve = readonly (readonly HourAggregate[])[];

const MINUTE_MS = 60_000;
/** Orders applied between two chances to do other work. */
const SLICE = 2_000;

/**
 * How a business date grew: at each of its minutes the winners and the gross orders among what had happened by then. A
 * function of the set of orders, like the figures themselves. Orders come in any order, the curve is drawn at the end.
 */
export class DayCurveDrawing {
  readonly #time: BusinessTime;
  readonly #date: string;
  readonly #start: number;
  readonly #minutes: OrderEvent[][];

  constructor(date: string, time: BusinessTime) {
    this.#time = time;
    this.#date = date;
    this.#start = time.startOf(date);
    const length = (time.startOf(addDays(date, 1)) - this.#start) / MINUTE_MS;
    this.#minutes = Array.from({ length }, () => []);
  }

  /** Keeps only what the figures are made of. */
  add({ userId, orderNo, gmtModified, payable, customerTel }: OrderEvent): void {
    const minute = this.#minutes[Math.floor((gmtModified - this.#start) / MINUTE_MS)];
    assert(minute !== undefined, "an order belongs to the day of its gmt_modified");
    minute.push({ ...BARE, userId, orderNo, gmtModified, payable, customerTel });
  }

  /** Pauses after each slice of work; its return value is the curve. */
  *draw(): Generator<void, DayCurve> {
    const day = new OrdersDay(this.#date);
    const curve: HourAggregate[][] = [[]];
    let applied = 0;
    for (const events of this.#minutes) {
      for (let start = 0; start < events.length; start += SLICE) {
        const slice = events.slice(start, start + SLICE);
        day.apply(this.#batchOf(slice, day));
        applied += slice.length;
        if (applied < SLICE) continue;
        applied = 0;
        yield;
      }
      const before = curve.at(-1) ?? [];
      curve.push(events.length === 0 ? before : sharing(before, day.hours()));
    }
    return curve;
  }

  #batchOf(events: readonly OrderEvent[], day: OrdersDay): DayBatch {
    const batch = new DayBatch(columnsOf(events));
    events.forEach(({ gmtModified }, index) => {
      const bizHour = this.#time.hourOf(gmtModified);
      assert(dateOfHour(bizHour) === this.#date, "a minute of the day lies in an hour of the day");
      batch.add(index, day.hourNumber(bizHour));
    });
    return batch;
  }
}

const BARE = {
  orderType: null,
  payTime: null,
  orderPrice: null,
  customerName: null,
  certificateNo: null,
  gmtCreated: null,
} as const;

/** The hours as they are now, in order; those that are as before are the same objects. */
function sharing(before: readonly HourAggregate[], now: readonly HourAggregate[]): HourAggregate[] {
  const known = new Map(before.map((hour) => [hour.bizHour, hour]));
  return now
    .filter((hour) => hour.winnerCount > 0 || hour.grossOrderCount > 0)
    .map((hour) => {
      const current = known.get(hour.bizHour);
      return current && ALL_MEASURES.every((name) => current[name] === hour[name]) ? current : hour;
    })
    .sort((a, b) => (a.bizHour < b.bizHour ? -1 : 1));
}
