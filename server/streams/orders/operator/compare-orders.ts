import type { OrderEvent } from "#server/contracts/events.ts";
import { compareFen, compareText } from "#server/streams/compare.ts";

/** Rule O2: what makes an order the last one. */
export function compareOrders(a: OrderEvent, b: OrderEvent): number {
  return (
    a.gmtModified - b.gmtModified ||
    compareText(a.orderNo, b.orderNo) ||
    compareFen(a.payable, b.payable) ||
    compareText(a.customerTel, b.customerTel)
  );
}
