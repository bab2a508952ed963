import type { OrderEvent } from "#server/contracts/events.ts";
import { compareOrders } from "#server/streams/orders/operator/compare-orders.ts";
import type { CausingOrder, HourCause } from "#server/streams/orders/operator/hour-causes.ts";

/** An accepted order with its place: its number in the stream and the business hour of its gmt_modified. */
export interface PlacedOrder {
  readonly event: OrderEvent;
  readonly seq: bigint;
  readonly bizHour: string;
}

/** Rule O8 once more, from the log alone: follows the last orders of a day and notes what moved one of its hours. */
export class WalkedHour {
  readonly causes: HourCause[] = [];
  readonly #bizHour: string;
  readonly #winners = new Map<string, PlacedOrder>();

  constructor(bizHour: string) {
    this.#bizHour = bizHour;
  }

  add(order: PlacedOrder): void {
    const { userId } = order.event;
    const before = this.#winners.get(userId) ?? null;
    if (before && compareOrders(order.event, before.event) <= 0) return;
    this.#winners.set(userId, order);
    const { seq } = order;
    const [now, was] = [sideOf(order), before && sideOf(before)];
    if (order.bizHour === this.#bizHour) {
      const kind = before?.bizHour === this.#bizHour ? "amended" : "joined";
      this.causes.push({ kind, userId, order: now, other: was, seq });
    } else if (was && before?.bizHour === this.#bizHour) {
      this.causes.push({ kind: "left", userId, order: was, other: now, seq });
    }
  }
}

const sideOf = ({ event }: PlacedOrder): CausingOrder => ({
  orderNo: event.orderNo,
  payable: event.payable,
  at: event.gmtModified,
});
