import { BusinessTime } from "#server/contracts/business-time.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import type { OrderColumns } from "#server/contracts/order-columns.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { applyOrders } from "#server/streams/orders/operator/apply-orders.ts";
import { OrderEffects } from "#server/streams/orders/operator/order-effects.ts";
import { OrdersDay } from "#server/streams/orders/operator/orders-day.ts";

export const DATE = "2026-11-22";
export const TIME = new BusinessTime("Asia/Shanghai");
const START = TIME.startOf(DATE);
const DAY_MS = 86_400_000;
/** As large as a busy sender's requests, and as the groups that a commit takes. */
const ORDERS_A_BATCH = 20_000;

/** Validated orders of one day: users picked evenly at random, every order number new, later and later. */
export function validOrders(count: number, users: number, run: number): OrderEvent[] {
  return Array.from({ length: count }, (_, index) =>
    placed(spread(index + run * count) % users, run, index / count),
  );
}

/** Orders as they come to the pipeline. */
export function batchesOf(orders: readonly OrderEvent[]): OrderColumns[] {
  const batches: OrderColumns[] = [];
  for (let start = 0; start < orders.length; start += ORDERS_A_BATCH) {
    batches.push(columnsOf(orders.slice(start, start + ORDERS_A_BATCH)));
  }
  return batches;
}

/** Applies batches to a day the way the writer does; answers how many changes it would write. */
export function throughDay(day: OrdersDay, batches: readonly OrderColumns[]): number {
  let changes = 0;
  for (const orders of batches) {
    const effects = new OrderEffects();
    applyOrders(
      { day: () => day, time: TIME },
      { orders, firstSeq: 1n },
      { clockFrom: START, eventClock: false },
      () => true,
      effects,
    );
    changes += effects.rows.size;
  }
  return changes;
}

/** A day on which each of so many users has one order. */
export function dayOf(users: number): OrdersDay {
  const day = new OrdersDay(DATE);
  for (let first = 0; first < users; first += ORDERS_A_BATCH) {
    const size = Math.min(ORDERS_A_BATCH, users - first);
    throughDay(day, [columnsOf(Array.from({ length: size }, (_, index) => placed(first + index, 0, 0)))]);
  }
  return day;
}

function placed(user: number, run: number, part: number): OrderEvent {
  const gmtModified = START + Math.floor(part * DAY_MS);
  return {
    userId: String(100_000_000 + user),
    orderNo: `B${run}-${user}-${gmtModified - START}`,
    gmtModified,
    payable: BigInt(1_000 + (user % 500_000)),
    customerTel: `138${String(user).padStart(8, "0")}`,
    orderType: "term-life",
    payTime: gmtModified - 1_000,
    orderPrice: null,
    customerName: null,
    certificateNo: null,
    gmtCreated: null,
  };
}

/** Scatters numbers over 32 bits, always the same way. */
function spread(number: number): number {
  const once = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
