import type pg from "pg";
import type { BusinessTime } from "../contracts/business-time.ts";
import { NO_AMOUNT_HIGH } from "../contracts/order-columns.ts";
import type { Vault } from "../lib/vault.ts";
import { OrdersDay, type StoredOrder } from "../pipeline/orders-day.ts";
import { STORED } from "../pipeline/user-table.ts";
import type { CopiedRow } from "../store/copied-rows.ts";
import { readRevisedHours } from "../store/hour-figures.ts";
import { readGrossOrders, readLastOrders } from "../store/order-state.ts";
import { HourFinder } from "./hour-finder.ts";

const [USER, GMT_MODIFIED, ORDER_NO, PAYABLE] = [0, 1, 2, 3] as const;

/** A business day as the state tables hold it. */
export async function loadDay(
  db: pg.ClientBase,
  date: string,
  time: BusinessTime,
  vault: Vault,
): Promise<OrdersDay> {
  const day = new OrdersDay(date);
  const finder = new HourFinder(time);
  const hourOf = ({ gmtModified }: StoredOrder): number => {
    finder.moves(gmtModified);
    return day.hourNumber(finder.bizHour);
  };
  await readLastOrders(db, date, vault, ({ row, telephone }) => {
    const order = storedOrder(row);
    day.users.mark(day.restoreWinner(order, telephone, hourOf(order)), STORED);
  });
  await readGrossOrders(db, date, (row) => {
    const order = storedOrder(row);
    day.gross.mark(day.restoreGross(order, hourOf(order)), STORED);
  });
  for (const bizHour of await readRevisedHours(db, date)) day.markRevised(day.hourNumber(bizHour));
  return day;
}

function storedOrder(row: CopiedRow): StoredOrder {
  const hasAmount = !row.isNull(PAYABLE);
  return {
    userLow: row.low(USER),
    userHigh: row.high(USER),
    gmtModified: row.whole(GMT_MODIFIED),
    amountLow: hasAmount ? row.low(PAYABLE) : 0,
    amountHigh: hasAmount ? row.high(PAYABLE) : NO_AMOUNT_HIGH,
    bytes: row.bytes,
    start: row.start(ORDER_NO),
    end: row.end(ORDER_NO),
  };
}
