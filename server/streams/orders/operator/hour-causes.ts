import type { CauseKind } from "#server/contracts/cause-kinds.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { compareOrders } from "./compare-orders.ts";

/** An accepted order with its place: its number in the stream and the business hour of its gmt_modified. */
export interface PlacedOrder {
  readonly event: OrderEvent;
  readonly seq: bigint;
  readonly bizHour: string;
}

/** A side of a cause. */
export interface CausingOrder {
  readonly orderNo: string;
  /** fen */
  readonly payable: bigint | null;
  /** gmt_modified, ms. */
  readonly at: number;
}

/** A winner that joined or left an hour (rule O8). */
export interface HourCause {
  readonly kind: CauseKind;
  readonly userId: string;
  /** What came to stand in the hour, or stood there until it left. */
  readonly order: CausingOrder;
  /** What it replaced when it joined, or what replaced it when it left. */
  readonly other: CausingOrder | null;
  /** Number of the event that brought it about. */
  readonly seq: bigint;
}

/** Follows the last orders of a day and notes what moved one of its hours; the orders come in the order of the log. */
export class HourCauses {
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
