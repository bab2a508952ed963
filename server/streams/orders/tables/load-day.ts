import type pg from "pg";
import type { BusinessTime } from "#server/contracts/business-time.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import type { CopiedRows } from "#server/db/copied-rows.ts";
import { assert } from "#server/lib/assert.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { NONE, VECTOR } from "../operator/hash-slots.ts";
import { HourFinder } from "../operator/hour-finder.ts";
import { OrdersDay } from "../operator/orders-day.ts";
import { StoredOrders } from "../operator/stored-orders.ts";
import { TextSpans } from "../operator/text-table.ts";
import {
  BLOCK,
  GMT_MODIFIED,
  ORDER_NO,
  PAYABLE,
  PERSONAL,
  PLACE,
  readGrossOrders,
  readLastOrders,
  USER,
} from "./order-state.ts";
import { BLOCK_ROWS, findTelephones, readPersonalBlocks } from "./personal-blocks.ts";
import { openPersonal } from "./personal-data.ts";
import { readRevisedHours } from "./write-hour-figures.ts";

/** A business day as the state tables hold it. */
export async function loadDay(
  db: pg.ClientBase,
  date: string,
  time: BusinessTime,
  cipher: FieldCipher,
): Promise<OrdersDay> {
  const day = new OrdersDay(date);
  const holders = new Holders(day, cipher);
  await holders.readBlocks(db);
  const stored = new StoredOrders();
  const hours = new HourFinder(time);
  for await (const rows of readLastOrders(db, date, VECTOR)) {
    takeOrders(stored, rows, day, hours);
    for (let row = 0; row < rows.count; row++) stored.telephones[row] = holders.of(rows, row);
    day.restoreWinners(stored);
  }
  for await (const rows of readGrossOrders(db, date, VECTOR)) {
    takeOrders(stored, rows, day, hours);
    day.restoreGross(stored);
  }
  for (const bizHour of await readRevisedHours(db, date)) day.markRevised(day.hourNumber(bizHour));
  return day;
}

function takeOrders(stored: StoredOrders, rows: CopiedRows, day: OrdersDay, hours: HourFinder): void {
  stored.count = rows.count;
  stored.bytes = rows.bytes;
  for (let row = 0; row < rows.count; row++) {
    const gmtModified = rows.whole(row, GMT_MODIFIED);
    const hasAmount = !rows.isNull(row, PAYABLE);
    stored.userIds[row * 2] = rows.low(row, USER);
    stored.userIds[row * 2 + 1] = rows.high(row, USER);
    stored.gmtModified[row] = gmtModified;
    stored.amounts[row * 2] = hasAmount ? rows.low(row, PAYABLE) : 0;
    stored.amounts[row * 2 + 1] = hasAmount ? rows.high(row, PAYABLE) : NO_AMOUNT_HIGH;
    stored.spans.starts[row] = rows.start(row, ORDER_NO);
    stored.spans.ends[row] = rows.end(row, ORDER_NO);
    hours.moves(gmtModified);
    stored.hours[row] = day.hourNumber(hours.bizHour);
  }
}

/** The numbers of the winners' telephones. */
class Holders {
  readonly #day: OrdersDay;
  readonly #cipher: FieldCipher;
  /** Of those that lie in blocks, by block and place. */
  readonly #blocks = new Map<number, Int32Array>();
  readonly #spans = new TextSpans();

  constructor(day: OrdersDay, cipher: FieldCipher) {
    this.#day = day;
    this.#cipher = cipher;
  }

  async readBlocks(db: pg.ClientBase): Promise<void> {
    for await (const { block, plain } of readPersonalBlocks(db, this.#day.date, this.#cipher)) {
      const numbers = new Int32Array(BLOCK_ROWS).fill(NONE);
      this.#day.telephoneNumbers(plain, this.#spans, findTelephones(plain, this.#spans), numbers);
      this.#blocks.set(block, numbers);
    }
  }

  /** Or NONE. */
  of(rows: CopiedRows, row: number): number {
    if (rows.isNull(row, BLOCK))
      return rows.isNull(row, PERSONAL) ? NONE : this.#ofAlone(rows.slice(row, PERSONAL));
    const block = rows.whole(row, BLOCK);
    const numbers = this.#blocks.get(block);
    assert(numbers, `personal_block ${block} of ${this.#day.date} is missing`);
    return numbers[rows.low(row, PLACE)] as number;
  }

  #ofAlone(personal: Buffer): number {
    const { customerTel } = openPersonal({ personal, block: null, place: null }, this.#cipher);
    if (customerTel === null) return NONE;
    const bytes = Buffer.from(customerTel);
    const number = new Int32Array(1);
    this.#spans.starts[0] = 0;
    this.#spans.ends[0] = bytes.length;
    this.#day.telephoneNumbers(bytes, this.#spans, 1, number);
    return number[0] as number;
  }
}
