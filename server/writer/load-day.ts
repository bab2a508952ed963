import type pg from "pg";
import type { BusinessTime } from "../contracts/business-time.ts";
import { NO_AMOUNT_HIGH } from "../contracts/order-columns.ts";
import { assert } from "../lib/assert.ts";
import type { Vault } from "../lib/vault.ts";
import { OrdersDay, type StoredOrder } from "../pipeline/orders-day.ts";
import { NONE, STORED } from "../pipeline/user-table.ts";
import type { CopiedRow } from "../store/copied-rows.ts";
import { readRevisedHours } from "../store/hour-figures.ts";
import { readGrossOrders, readLastOrders, type StoredWinner } from "../store/order-state.ts";
import { BLOCK_ROWS, eachTelephone, readPersonalBlocks } from "../store/personal-blocks.ts";
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
  const holders = new Holders(day);
  await readPersonalBlocks(db, date, vault, (block, plain) => holders.take(block, plain));
  await readLastOrders(db, date, vault, (winner) => {
    const order = storedOrder(winner.row);
    day.users.mark(day.restoreWinner(order, holders.of(winner), hourOf(order)), STORED);
  });
  await readGrossOrders(db, date, (row) => {
    const order = storedOrder(row);
    day.gross.mark(day.restoreGross(order, hourOf(order)), STORED);
  });
  for (const bizHour of await readRevisedHours(db, date)) day.markRevised(day.hourNumber(bizHour));
  return day;
}

/** The numbers of telephones that lie in blocks. */
class Holders {
  readonly #day: OrdersDay;
  readonly #blocks = new Map<number, Int32Array>();

  constructor(day: OrdersDay) {
    this.#day = day;
  }

  /** Also a block in which nobody has a telephone: then its rows are known to have none. */
  take(block: number, plain: Buffer): void {
    const numbers = new Int32Array(BLOCK_ROWS).fill(NONE);
    this.#blocks.set(block, numbers);
    eachTelephone(plain, (place, start, end) => {
      numbers[place] = this.#day.telephoneNumber(plain, start, end);
    });
  }

  /** Or NONE. */
  of({ inBlock, telephone }: StoredWinner): number {
    if (inBlock) {
      const numbers = this.#blocks.get(inBlock.block);
      assert(numbers, `personal_block ${inBlock.block} of ${this.#day.date} is missing`);
      return numbers[inBlock.place] as number;
    }
    return telephone === null ? NONE : this.#day.telephoneNumber(telephone, 0, telephone.length);
  }
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
