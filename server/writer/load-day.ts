import type pg from "pg";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { Vault } from "../lib/vault.ts";
import { OrdersDay } from "../pipeline/orders-day.ts";
import { STORED } from "../pipeline/user-table.ts";
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
    day.users.mark(day.restoreWinner(event, time.hourOf(event.gmtModified)), STORED);
  }
  for (const row of await readGrossOrders(db, date)) {
    day.gross.mark(day.restoreGross(row, time.hourOf(row.gmtModified)), STORED);
  }
  for (const bizHour of await readRevisedHours(db, date)) day.markRevised(day.hourNumber(bizHour));
  return day;
}
