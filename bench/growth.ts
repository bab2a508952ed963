import { OrdersDay, type PlacedOrder } from "../server/pipeline/orders-day.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { DATE, oneOfEach, placedOrders } from "./support/placed-orders.ts";
import type { Outcome } from "./support/report.ts";

const PAIRS = 5;
const ORDERS = 300_000;
const MANY = 3_000_000;
const FEW = 100_000;

/** What an order costs on a day of many users, against a day of few. */
export async function growth(): Promise<Outcome> {
  const [many, few] = [dayOf(MANY), dayOf(FEW)];
  const pairs: Pair[] = [];
  for (let run = 1; run <= PAIRS + 1; run++) {
    const ours = await microsecondsAnOrder(many, placedOrders(ORDERS, MANY, run));
    const against = await microsecondsAnOrder(few, placedOrders(ORDERS, FEW, run));
    if (run > 1) pairs.push({ ours, against }); // the first warms both sides up
  }
  const sides = { unit: "CPU-µs/order", ours: "3 M users", against: "100 k users", target: { atMost: 1.3 } };
  return [comparison("growth", sides, pairs)];
}

function dayOf(users: number): OrdersDay {
  const day = new OrdersDay(DATE);
  for (const order of oneOfEach(users)) day.apply(order);
  return day;
}

async function microsecondsAnOrder(day: OrdersDay, orders: readonly PlacedOrder[]): Promise<number> {
  const seconds = await cpuSeconds(() => {
    for (const order of orders) day.apply(order);
  });
  return (seconds * 1e6) / orders.length;
}
