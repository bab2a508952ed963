import { assert } from "#server/lib/assert.ts";
import { MAX_HOURS } from "./distinct-counts.ts";
import { LISTED, STORED } from "./user-table.ts";

/** Words of one row: time; user, marks and hour packed; amount (low, high). */
const WORDS = 4;
const HOUR_BITS = MAX_HOURS - 1;
const MARK_BITS = LISTED | STORED;
/** Users begin above the hour and the marks. */
const USER_UNIT = STORED * 2;
const MAX_USERS = 2 ** 32 / USER_UNIT - 1;

/** The current version of each order number (rule O7), by the number that the text table gives it; 16 bytes each. */
export class GrossTable {
  #words = new Uint32Array(64 * WORDS);
  #size = 0;

  /** Order numbers that have a version. */
  get size(): number {
    return this.#size;
  }

  has(orderNo: number): boolean {
    return this.#packed(orderNo) !== 0;
  }

  /** ms since the day's base. */
  timeOf(orderNo: number): number {
    return this.#words[orderNo * WORDS] as number;
  }

  /** Row of the user table. */
  userOf(orderNo: number): number {
    return Math.floor(this.#packed(orderNo) / USER_UNIT) - 1;
  }

  hourOf(orderNo: number): number {
    return this.#packed(orderNo) & HOUR_BITS;
  }

  amountLowOf(orderNo: number): number {
    return (this.#words[orderNo * WORDS + 2] as number) | 0;
  }

  amountHighOf(orderNo: number): number {
    return (this.#words[orderNo * WORDS + 3] as number) | 0;
  }

  set(
    orderNo: number,
    time: number,
    user: number,
    hour: number,
    amountLow: number,
    amountHigh: number,
  ): void {
    assert(user < MAX_USERS, "a business date has fewer than 16 million users");
    const at = orderNo * WORDS;
    if (at >= this.#words.length) this.#grow(at + WORDS);
    const words = this.#words;
    const packed = words[at + 1] as number;
    if (packed === 0) this.#size += 1;
    words[at] = time;
    // One more than the row: an empty row is all zeros.
    words[at + 1] = (user + 1) * USER_UNIT + (packed & MARK_BITS) + hour;
    words[at + 2] = amountLow;
    words[at + 3] = amountHigh;
  }

  isMarked(orderNo: number, mark: number): boolean {
    return (this.#packed(orderNo) & mark) !== 0;
  }

  mark(orderNo: number, mark: number): void {
    this.#words[orderNo * WORDS + 1] = this.#packed(orderNo) | mark;
  }

  unmark(orderNo: number, mark: number): void {
    this.#words[orderNo * WORDS + 1] = this.#packed(orderNo) & ~mark;
  }

  /** 0: no version. */
  #packed(orderNo: number): number {
    return this.#words[orderNo * WORDS + 1] ?? 0;
  }

  #grow(needed: number): void {
    const words = this.#words;
    this.#words = new Uint32Array(Math.max(needed, words.length * 2));
    this.#words.set(words);
  }
}
