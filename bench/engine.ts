import { OrdersDay, type PlacedOrder } from "../server/pipeline/orders-day.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { comparison, type Pair } from "./support/finding.ts";
import { DATE, placedOrders } from "./support/placed-orders.ts";
import type { Outcome } from "./support/report.ts";

const PAIRS = 5;
const ORDERS = 500_000;
const USERS = 100_000;

/** The orders job in memory, validated events in, changes out, against a plain loop with Maps over the same events. */
export async function engine(): Promise<Outcome> {
  const pairs: Pair[] = [];
  for (let run = 0; run <= PAIRS; run++) {
    const orders = placedOrders(ORDERS, USERS, run);
    const ours = ORDERS / (await cpuSeconds(() => throughDay(orders)));
    const against = ORDERS / (await cpuSeconds(() => plainLoop(orders)));
    if (run > 0) pairs.push({ ours, against }); // the first warms both sides up
  }
  const unit = "events/CPU-s";
  return [comparison("engine", { unit, ours: "engine", against: "Maps", target: { atLeast: 3 } }, pairs)];
}

function throughDay(orders: readonly PlacedOrder[]): void {
  const day = new OrdersDay(DATE);
  for (const order of orders) day.apply(order);
  day.hours();
}

interface PlainHour {
  premium: bigint;
  gross: bigint;
  readonly orderNos: Map<string, number>;
  readonly telephones: Map<string, number>;
}

/** What one writes first: rules O1 to O4 and O7 with Maps of objects. */
function plainLoop(orders: readonly PlacedOrder[]): void {
  const winners = new Map<string, PlacedOrder>();
  const grossOrders = new Map<string, PlacedOrder>();
  const hours = new Map<string, PlainHour>();
  const hourOf = (name: string): PlainHour => {
    const hour = hours.get(name) ?? { premium: 0n, gross: 0n, orderNos: new Map(), telephones: new Map() };
    hours.set(name, hour);
    return hour;
  };
  for (const order of orders) {
    const version = grossOrders.get(order.event.orderNo);
    if (!version || isLater(order, version)) {
      grossOrders.set(order.event.orderNo, order);
      if (version) hourOf(version.bizHour).gross -= version.event.payable ?? 0n;
      hourOf(order.bizHour).gross += order.event.payable ?? 0n;
    }
    const before = winners.get(order.event.userId);
    if (before && !isLater(order, before)) continue;
    winners.set(order.event.userId, order);
    if (before) count(hourOf(before.bizHour), before, -1);
    count(hourOf(order.bizHour), order, 1);
  }
}

const isLater = (a: PlacedOrder, b: PlacedOrder): boolean =>
  a.event.gmtModified > b.event.gmtModified ||
  (a.event.gmtModified === b.event.gmtModified && a.event.orderNo > b.event.orderNo);

function count(hour: PlainHour, { event }: PlacedOrder, sign: 1 | -1): void {
  hour.premium += BigInt(sign) * (event.payable ?? 0n);
  add(hour.orderNos, event.orderNo, sign);
  if (event.customerTel !== null) add(hour.telephones, event.customerTel, sign);
}

function add(counts: Map<string, number>, value: string, sign: 1 | -1): void {
  const next = (counts.get(value) ?? 0) + sign;
  if (next === 0) counts.delete(value);
  else counts.set(value, next);
}
