import type { HourAggregate } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import type { AcceptedDisposition } from "../contracts/streams.ts";
import { compareFen, compareId, compareText } from "./compare.ts";
import { Hour } from "./hour.ts";

/** An accepted order with its place: its number in the stream and the business hour of its gmt_modified. */
export interface PlacedOrder {
  readonly event: OrderEvent;
  readonly seq: bigint;
  readonly bizHour: string;
}

/** What the standing gross version of an order number is (rule O7). */
export interface GrossOrder {
  readonly orderNo: string;
  readonly gmtModified: number;
  readonly payable: bigint | null;
  readonly userId: string;
  readonly bizHour: string;
}

/** What one order changed; all business hours named lie in the day. */
export interface OrderVerdict {
  readonly disposition: AcceptedDisposition;
  /** The order won; `before` is the winner that it replaced. */
  readonly winner: { readonly order: PlacedOrder; readonly before: PlacedOrder | null } | null;
  /** The order is the standing version of its number. */
  readonly gross: { readonly order: GrossOrder; readonly before: GrossOrder | null } | null;
}

/** Rule O2: what makes an order the last one. */
function compareOrders(a: OrderEvent, b: OrderEvent): number {
  return (
    a.gmtModified - b.gmtModified ||
    compareText(a.orderNo, b.orderNo) ||
    compareFen(a.payable, b.payable) ||
    compareText(a.customerTel, b.customerTel)
  );
}

/** Rule O7: what makes a version of an order number the greatest. */
function compareGross(a: GrossOrder, b: GrossOrder): number {
  return a.gmtModified - b.gmtModified || compareFen(a.payable, b.payable) || compareId(a.userId, b.userId);
}

/**
 * All orders of one business date: the last order of each user (O1–O3), the greatest version of each order number
 * (O7), and the figures of the hours (O4, O5). A function of the set of orders applied, in any order.
 */
export class OrdersDay {
  readonly date: string;
  readonly #winners = new Map<string, PlacedOrder>();
  readonly #gross = new Map<string, GrossOrder>();
  readonly #hours = new Map<string, Hour>();

  constructor(date: string) {
    this.date = date;
  }

  /** The order must belong to this day. */
  apply(order: PlacedOrder): OrderVerdict {
    const { event, bizHour } = order;
    const gross = this.#applyGross({
      orderNo: event.orderNo,
      gmtModified: event.gmtModified,
      payable: event.payable,
      userId: event.userId,
      bizHour,
    });
    const before = this.#winners.get(event.userId) ?? null;
    const comparison = before === null ? 1 : compareOrders(event, before.event);
    if (comparison <= 0) {
      return { disposition: comparison === 0 ? "duplicate" : "superseded", winner: null, gross };
    }
    this.#winners.set(event.userId, order);
    if (before) this.#hour(before.bizHour).leave(before.event);
    this.#hour(bizHour).join(event);
    return { disposition: "applied", winner: { order, before }, gross };
  }

  /** Puts back a stored row without comparing: rows of the state tables are winners already. */
  restoreWinner(order: PlacedOrder): void {
    this.#winners.set(order.event.userId, order);
    this.#hour(order.bizHour).join(order.event);
  }

  restoreGross(order: GrossOrder): void {
    this.#gross.set(order.orderNo, order);
    this.#hour(order.bizHour).joinGross(order.payable);
  }

  /** Notes that something accepted late changed the hour. */
  markRevised(bizHour: string): void {
    this.#hour(bizHour).revisedByLate = true;
  }

  figuresOf(bizHour: string): HourAggregate {
    return this.#hour(bizHour).figures();
  }

  /** Hours that have ever had an order. */
  hours(): HourAggregate[] {
    return [...this.#hours.values()].map((hour) => hour.figures());
  }

  /** Rows of state: last orders and gross orders. */
  get size(): number {
    return this.#winners.size + this.#gross.size;
  }

  #applyGross(order: GrossOrder): OrderVerdict["gross"] {
    const before = this.#gross.get(order.orderNo) ?? null;
    if (before && compareGross(order, before) <= 0) return null;
    this.#gross.set(order.orderNo, order);
    if (before) this.#hour(before.bizHour).leaveGross(before.payable);
    this.#hour(order.bizHour).joinGross(order.payable);
    return { order, before };
  }

  #hour(bizHour: string): Hour {
    let hour = this.#hours.get(bizHour);
    if (!hour) {
      hour = new Hour(bizHour);
      this.#hours.set(bizHour, hour);
    }
    return hour;
  }
}
