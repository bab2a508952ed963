import type { BusinessTime } from "../server/contracts/business-time.ts";
import { deliveriesOf } from "./deliveries.ts";
import type { Delivery, SimulatedDate } from "./delivery.ts";
import { orderEvent, purchasesOf } from "./orders.ts";
import { pageViewsOf } from "./page-views.ts";
import { premiumChangesOf } from "./premium-changes.ts";
import { Random } from "./random.ts";

/**
 * Everything that the simulated insurer sends of one business date, in the order of arrival; the last lines arrive
 * hours after its end. A function of seed, date and zone alone.
 */
export function simulateDay(seed: number, date: string, time: BusinessTime): Delivery[] {
  const day: SimulatedDate = { seed, date, start: time.startOf(date), end: time.endOf(date) };
  const purchases = purchasesOf(day);
  const changes = premiumChangesOf(day);
  const random = new Random(seed, "road", date);
  const orders = purchases.map((purchase) => orderEvent(purchase, random));
  return [...orders, ...changes, ...pageViewsOf(day, purchases, changes)]
    .flatMap((event) => deliveriesOf(random, event))
    .sort((a, b) => a.at - b.at);
}
