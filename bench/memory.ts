import type { OrdersDay } from "../server/streams/orders/operator/orders-day.ts";
import { collectGarbage } from "./support/collect.ts";
import { absolute } from "./support/finding.ts";
import { dayOf } from "./support/placed-orders.ts";
import type { Outcome } from "./support/report.ts";

const RUNS = 5;
const USERS = 1_000_000;

/** Bytes that the day's state holds for each of its users, each with one order. */
export async function memory(): Promise<Outcome> {
  const days: OrdersDay[] = [];
  const values: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = held();
    const day = dayOf(USERS);
    days.push(day); // nothing may be collected before it is measured
    values.push((held() - before) / USERS);
  }
  return [
    absolute("memory", { what: "state of the day", unit: "bytes/user", target: { atMost: 150 } }, values),
  ];
}

function held(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
