import type { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import type { OrderColumns } from "#server/contracts/order-columns.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import type { DispositionCounts } from "#server/contracts/streams.ts";
import { applyOrders, type RunClock } from "#server/streams/orders/operator/apply-orders.ts";
import { DayBatch, IS_GROSS } from "#server/streams/orders/operator/day-batch.ts";
import { OrderEffects } from "#server/streams/orders/operator/order-effects.ts";
import { OrdersDay } from "#server/streams/orders/operator/orders-day.ts";

/** Applies one order to its day as a batch of its own. */
export function applyOne(
  day: OrdersDay,
  event: OrderEvent,
  time: BusinessTime,
): { readonly disposition: string; readonly isGross: boolean } {
  const batch = new DayBatch(columnsOf([event]));
  batch.add(0, day.hourNumber(time.hourOf(event.gmtModified)));
  day.apply(batch);
  return { disposition: batch.dispositionOf(0), isGross: ((batch.outcomes[0] as number) & IS_GROSS) !== 0 };
}

/** The days of the orders job, filled as the writer fills them, without a database. */
export class DaysInMemory {
  readonly #days = new Map<string, OrdersDay>();
  readonly time: BusinessTime;
  #nextSeq = 1n;

  constructor(time: BusinessTime) {
    this.time = time;
  }

  day(date: string): OrdersDay {
    const day = this.#days.get(date) ?? new OrdersDay(date);
    this.#days.set(date, day);
    return day;
  }

  apply(orders: OrderColumns, clock: RunClock = { clockFrom: 0, eventClock: false }): DispositionCounts {
    const source = { orders, firstSeq: this.#nextSeq };
    this.#nextSeq += BigInt(orders.length);
    return applyOrders(this, source, clock, () => true, new OrderEffects());
  }

  days(): OrdersDay[] {
    return [...this.#days.values()];
  }
}
