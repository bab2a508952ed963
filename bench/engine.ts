import type { OrderEvent } from "../server/contracts/events.ts";
import type { OrderColumns } from "../server/contracts/order-columns.ts";
import { OrdersDay } from "../server/streams/orders/operator/orders-day.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { batchesOf, DATE, TIME, throughDay, validOrders } from "./support/placed-orders.ts";
import type { Outcome } from "./support/report.ts";

const PAIRS = 5;
const ORDERS = 500_000;
const USERS = 100_000;

/** The orders job in memory, typed columns in, changes out, against a plain loop with Maps over the same events. */
export async function engine(): Promise<Outcome> {
  const pairs: Pair[] = [];
  for (let run = 0; run <= PAIRS; run++) {
    // Each side holds its own input alone: the collector's time with the other's is not its own.
    const ours = await ordersACpuSecond(batchesOf(validOrders(ORDERS, USERS, run)), wholeDay);
    const against = await ordersACpuSecond(validOrders(ORDERS, USERS, run), plainLoop);
    if (run > 0) pairs.push({ ours, against }); // the first warms both sides up
  }
  const unit = "events/CPU-s";
  return [comparison("engine", { unit, ours: "engine", against: "Maps", target: { atLeast: 3 } }, pairs)];
}

async function ordersACpuSecond<T>(input: T, work: (input: T) => void): Promise<number> {
  return ORDERS / (await cpuSeconds(() => work(input)));
}

function wholeDay(batches: readonly OrderColumns[]): void {
  const day = new OrdersDay(DATE);
  throughDay(day, batches);
  day.hours();
}

interface PlainHour {
  premium: bigint;
  gross: bigint;
  readonly orderNos: Map<string, number>;
  readonly telephones: Map<string, number>;
}

/** What one writes first: rules O1 to O4 and O7 with Maps of objects. */
function plainLoop(orders: readonly OrderEvent[]): void {
  const winners = new Map<string, OrderEvent>();
  const grossOrders = new Map<string, OrderEvent>();
  const hours = new Map<string, PlainHour>();
  const hourOf = (order: OrderEvent): PlainHour => {
    const name = TIME.hourOf(order.gmtModified);
    const hour = hours.get(name) ?? { premium: 0n, gross: 0n, orderNos: new Map(), telephones: new Map() };
    hours.set(name, hour);
    return hour;
  };
  for (const order of orders) {
    const version = grossOrders.get(order.orderNo);
    if (!version || isLater(order, version)) {
      grossOrders.set(order.orderNo, order);
      if (version) hourOf(version).gross -= version.payable ?? 0n;
      hourOf(order).gross += order.payable ?? 0n;
    }
    const before = winners.get(order.userId);
    if (before && !isLater(order, before)) continue;
    winners.set(order.userId, order);
    if (before) count(hourOf(before), before, -1);
    count(hourOf(order), order, 1);
  }
}

const isLater = (a: OrderEvent, b: OrderEvent): boolean =>
  a.gmtModified > b.gmtModified || (a.gmtModified === b.gmtModified && a.orderNo > b.orderNo);

function count(hour: PlainHour, event: OrderEvent, sign: 1 | -1): void {
  hour.premium += BigInt(sign) * (event.payable ?? 0n);
  add(hour.orderNos, event.orderNo, sign);
  if (event.customerTel !== null) add(hour.telephones, event.customerTel, sign);
}

function add(counts: Map<string, number>, value: string, sign: 1 | -1): void {
  const next = (counts.get(value) ?? 0) + sign;
  if (next === 0) counts.delete(value);
  else counts.set(value, next);
}
