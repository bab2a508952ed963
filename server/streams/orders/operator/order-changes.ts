import { NONE } from "./hash-slots.ts";
import { OrderRefs, type OrderSource } from "./order-refs.ts";
import type { OrdersDay } from "./orders-day.ts";
import { LISTED, STORED } from "./user-table.ts";

/** Cells of one change: source, place in it, row of the user or NONE, number of the order number or NONE. */
const CELLS = 4;
const FIRST_ROOM = 64;

/** What is to be written of one business date: of each key its newest order, told apart by whether it has a row. */
export interface CurrentRows {
  readonly newLast: OrderRefs;
  readonly storedLast: OrderRefs;
  readonly newGross: OrderRefs;
  readonly storedGross: OrderRefs;
}

type MarkedTable = OrdersDay["users"] | OrdersDay["gross"];

/** Orders of one business date whose state rows wait to be written, in the order of their commits; newest last. */
export class OrderChanges {
  readonly #sources: OrderSource[] = [];
  #cells = new Int32Array(FIRST_ROOM * CELLS);
  #length = 0;

  /** Changes that were added: as many as rows, or more where one key changed twice. */
  get length(): number {
    return this.#length;
  }

  /** Orders added from now on, so many at most, lie in this source. */
  from(source: OrderSource, most: number): void {
    if (this.#sources.at(-1) !== source) this.#sources.push(source);
    const needed = (this.#length + most) * CELLS;
    if (needed > this.#cells.length) this.#grow(needed);
  }

  /**
   * @param index place in the source
   * @param user row of the user whose winner the order is, or NONE
   * @param orderNo number of the order number whose current version it is, or NONE
   */
  add(index: number, user: number, orderNo: number): void {
    const at = this.#length * CELLS;
    this.#cells[at] = this.#sources.length - 1;
    this.#cells[at + 1] = index;
    this.#cells[at + 2] = user;
    this.#cells[at + 3] = orderNo;
    this.#length += 1;
  }

  /** Takes over what is newer. */
  merge(newer: OrderChanges): void {
    const shift = this.#sources.length;
    for (const source of newer.#sources) this.#sources.push(source);
    const start = this.#length * CELLS;
    const end = start + newer.#length * CELLS;
    if (end > this.#cells.length) this.#grow(end);
    this.#cells.set(newer.#cells.subarray(0, newer.#length * CELLS), start);
    for (let at = start; at < end; at += CELLS) this.#cells[at] = (this.#cells[at] as number) + shift;
    this.#length += newer.#length;
  }

  /** The rows that these changes lead to; the day knows them as stored from now on. */
  currentRows(day: OrdersDay): CurrentRows {
    const rows = {
      newLast: new OrderRefs(),
      storedLast: new OrderRefs(),
      newGross: new OrderRefs(),
      storedGross: new OrderRefs(),
    };
    // Backwards: of each key the newest comes first, and it alone is written.
    for (let at = (this.#length - 1) * CELLS; at >= 0; at -= CELLS) {
      this.#list(day.users, at, this.#cells[at + 2] as number, rows.newLast, rows.storedLast);
      this.#list(day.gross, at, this.#cells[at + 3] as number, rows.newGross, rows.storedGross);
    }
    this.#unlist(day);
    return rows;
  }

  /** Lists the change whose cells begin at `at`, unless a newer one of its key is listed. */
  #list(table: MarkedTable, at: number, key: number, fresh: OrderRefs, stored: OrderRefs): void {
    if (key === NONE || table.isMarked(key, LISTED)) return;
    const refs = table.isMarked(key, STORED) ? stored : fresh;
    refs.add(this.#sources[this.#cells[at] as number] as OrderSource, this.#cells[at + 1] as number);
    table.mark(key, LISTED | STORED);
  }

  #unlist(day: OrdersDay): void {
    for (let at = 0; at < this.#length * CELLS; at += CELLS) {
      const [user, orderNo] = [this.#cells[at + 2] as number, this.#cells[at + 3] as number];
      if (user !== NONE) day.users.unmark(user, LISTED);
      if (orderNo !== NONE) day.gross.unmark(orderNo, LISTED);
    }
  }

  #grow(needed: number): void {
    const cells = this.#cells;
    this.#cells = new Int32Array(Math.max(needed, cells.length * 2));
    this.#cells.set(cells);
  }
}
