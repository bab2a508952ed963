import type { BusinessTime } from "../contracts/business-time.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import type { HourAggregate } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { compareFen, compareId } from "../streams/compare.ts";
import { compareOrders } from "../streams/orders/operator/compare-orders.ts";

/**
 * A day's figures the naive way (rules O1–O5, O7): keep the greatest order of each user and of each number, then count what
 * lies in each hour. Nothing is ever taken back, so it cannot err where the operator could.
 */
export class NaiveDay {
  readonly #time: BusinessTime;
  readonly #winners = new Map<string, OrderEvent>();
  readonly #gross = new Map<string, OrderEvent>();

  constructor(time: BusinessTime) {
    this.#time = time;
  }

  add(order: OrderEvent): void {
    const winner = this.#winners.get(order.userId);
    if (!winner || compareOrders(order, winner) > 0) this.#winners.set(order.userId, order);
    const version = this.#gross.get(order.orderNo);
    if (!version || compareGross(order, version) > 0) this.#gross.set(order.orderNo, order);
  }

  /** Hours with figures, in order. */
  hours(): HourAggregate[] {
    const hourOf = (order: OrderEvent) => this.#time.hourOf(order.gmtModified);
    const winners = Map.groupBy(this.#winners.values(), hourOf);
    const gross = Map.groupBy(this.#gross.values(), hourOf);
    const names = new Set([...winners.keys(), ...gross.keys()]);
    return [...names].sort().map((bizHour) => figuresOf(bizHour, winners.get(bizHour), gross.get(bizHour)));
  }
}

function compareGross(a: OrderEvent, b: OrderEvent): number {
  return a.gmtModified - b.gmtModified || compareFen(a.payable, b.payable) || compareId(a.userId, b.userId);
}

const premiumOf = (orders: readonly OrderEvent[]): bigint =>
  orders.reduce((sum, order) => sum + (order.payable ?? 0n), 0n);

function figuresOf(bizHour: string, winners: OrderEvent[] = [], gross: OrderEvent[] = []): HourAggregate {
  const telephones = winners.map((order) => order.customerTel).filter((telephone) => telephone !== null);
  return {
    bizHour,
    bizDate: dateOfHour(bizHour),
    totalPremium: premiumOf(winners),
    policyCount: new Set(winners.map((order) => order.orderNo)).size,
    policyHolderCount: new Set(telephones).size,
    winnerCount: winners.length,
    grossPremium: premiumOf(gross),
    grossOrderCount: gross.length,
    revisedByLate: false,
  };
}
