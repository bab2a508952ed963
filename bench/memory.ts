import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { OrdersDay } from "../server/pipeline/orders-day.ts";
import { absolute } from "./support/finding.ts";
import { DATE, oneOfEach } from "./support/placed-orders.ts";
import type { Outcome } from "./support/report.ts";

const RUNS = 5;
const USERS = 1_000_000;

/** Bytes that the day's state holds for each of its users, each with one order. */
export async function memory(): Promise<Outcome> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const days: OrdersDay[] = [];
  const values: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = held(collect);
    const day = new OrdersDay(DATE);
    for (const order of oneOfEach(USERS)) day.apply(order);
    days.push(day); // nothing may be let go before it is weighed
    values.push((held(collect) - before) / USERS);
  }
  return [
    absolute("memory", { what: "state of the day", unit: "bytes/user", target: { atMost: 150 } }, values),
  ];
}

function held(collect: () => void): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
