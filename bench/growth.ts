import type { OrderColumns } from "../server/contracts/order-columns.ts";
import type { OrdersDay } from "../server/streams/orders/operator/orders-day.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { batchesOf, dayOf, throughDay, validOrders } from "./support/placed-orders.ts";
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
    const ours = await microsecondsAnOrder(many, batchesOf(validOrders(ORDERS, MANY, run)));
    const against = await microsecondsAnOrder(few, batchesOf(validOrders(ORDERS, FEW, run)));
    if (run > 1) pairs.push({ ours, against }); // the first warms both sides up
  }
  const sides = { unit: "CPU-µs/order", ours: "3 M users", against: "100 k users", target: { atMost: 1.3 } };
  return [comparison("growth", sides, pairs)];
}

async function microsecondsAnOrder(day: OrdersDay, batches: readonly OrderColumns[]): Promise<number> {
  const seconds = await cpuSeconds(() => {
    throughDay(day, batches);
  });
  return (seconds * 1e6) / ORDERS;
}
