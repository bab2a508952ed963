import type pg from "pg";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { Vault } from "../lib/vault.ts";
import { OrdersDay } from "../pipeline/orders-day.ts";
import { readRevisedHours } from "../store/hour-figures.ts";
import { readGrossOrders, readLastOrders } from "../store/order-state.ts";

/** A business day as the state tables hold it. */
export async function loadDay(
  db: Pick<pg.ClientBase, "query">,
  date: string,
  time: BusinessTime,
  vault: Vault,
): Promise<OrdersDay> {
  const day = new OrdersDay(date);
  for (const { event } of await readLastOrders(db, date, vault)) {
    day.restoreWinner({ event, bizHour: time.hourOf(event.gmtModified) });
  }
  for (const row of await readGrossOrders(db, date)) {
    day.restoreGross({ ...row, bizHour: time.hourOf(row.gmtModified) });
  }
  for (const bizHour of await readRevisedHours(db, date)) day.markRevised(bizHour);
  return day;
}
