import { comparePairs, decimalOf } from "#server/contracts/int64.ts";
import { MAX_HOURS } from "./distinct-counts.ts";
import { HashSlots, mixed, NONE, VECTOR } from "./hash-slots.ts";

/** Words of one row: id (low, high), time, order number, telephone, hour and marks, amount (low, high). */
const WORDS = 8;
const [LOW, HIGH, TIME, ORDER_NO, TELEPHONE, HOUR, AMOUNT_LOW, AMOUNT_HIGH] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
const HOUR_BITS = MAX_HOURS - 1;

/** What a row may be marked with; the table only remembers it. */
export const TOUCHED = MAX_HOURS;
export const LISTED = MAX_HOURS * 2;
export const STORED = MAX_HOURS * 4;

/**
 * The users of a day and their winners, 32 bytes each: the columns of rule O2 in numbers. A user's row keeps its number.
 * A row without an order number has no winner.
 */
export class UserTable {
  readonly #slots = new HashSlots((row) => hashOf(this.#word(row, LOW), this.#word(row, HIGH)));
  #words = new Int32Array(64 * WORDS);
  #size = 0;
  /** Of the users that are being sought together. */
  readonly #hashes = new Int32Array(VECTOR);

  get size(): number {
    return this.#size;
  }

  /** The row of a user, by the 64-bit id; a new user's has no winner yet. */
  rowOf(low: number, high: number): number {
    return this.#rowOf(hashOf(low, high), low, high);
  }

  /**
   * The rows of several users, VECTOR at most.
   * @param ids pairs
   * @param places where the users' ids lie among the pairs
   * @param rows is filled from `from` to `to`, as `places` is read
   */
  rowsOf(ids: Int32Array, places: Int32Array, from: number, to: number, rows: Int32Array): void {
    const hashes = this.#hashes;
    for (let place = from; place < to; place++) {
      const at = (places[place] as number) * 2;
      hashes[place - from] = hashOf(ids[at] as number, ids[at + 1] as number);
    }
    this.#slots.guess(hashes, to - from, rows, from);
    for (let place = from; place < to; place++) {
      const at = (places[place] as number) * 2;
      const [low, high] = [ids[at] as number, ids[at + 1] as number];
      const row = rows[place] as number;
      if (row >= 0 && this.#word(row, LOW) === low && this.#word(row, HIGH) === high) continue;
      rows[place] = this.#rowOf(hashes[place - from] as number, low, high);
    }
  }

  #rowOf(hash: number, low: number, high: number): number {
    const words = this.#words;
    let slot = this.#slots.first(hash);
    for (; ; slot = this.#slots.after(slot, hash)) {
      const row = this.#slots.entryAt(slot);
      if (row < 0) break;
      if (words[row * WORDS + LOW] === low && words[row * WORDS + HIGH] === high) return row;
    }
    return this.#add(slot, hash, low, high);
  }

  setWinner(
    row: number,
    time: number,
    orderNo: number,
    telephone: number,
    hour: number,
    amountLow: number,
    amountHigh: number,
  ): void {
    const words = this.#words;
    const at = row * WORDS;
    words[at + TIME] = time;
    words[at + ORDER_NO] = orderNo;
    words[at + TELEPHONE] = telephone;
    words[at + HOUR] = ((words[at + HOUR] as number) & ~HOUR_BITS) | hour;
    words[at + AMOUNT_LOW] = amountLow;
    words[at + AMOUNT_HIGH] = amountHigh;
  }

  /** ms since the day's base. */
  timeOf(row: number): number {
    return this.#word(row, TIME) >>> 0;
  }

  /** Or NONE: the user has no winner. */
  orderNoOf(row: number): number {
    return this.#word(row, ORDER_NO);
  }

  /** Or NONE. */
  telephoneOf(row: number): number {
    return this.#word(row, TELEPHONE);
  }

  hourOf(row: number): number {
    return this.#word(row, HOUR) & HOUR_BITS;
  }

  amountLowOf(row: number): number {
    return this.#word(row, AMOUNT_LOW);
  }

  amountHighOf(row: number): number {
    return this.#word(row, AMOUNT_HIGH);
  }

  idOf(row: number): string {
    return decimalOf(this.#word(row, LOW), this.#word(row, HIGH));
  }

  /** By id as a number. */
  compareIds(a: number, b: number): number {
    return comparePairs(this.#word(a, LOW), this.#word(a, HIGH), this.#word(b, LOW), this.#word(b, HIGH));
  }

  isMarked(row: number, mark: number): boolean {
    return (this.#word(row, HOUR) & mark) !== 0;
  }

  mark(row: number, mark: number): void {
    this.#words[row * WORDS + HOUR] = this.#word(row, HOUR) | mark;
  }

  unmark(row: number, mark: number): void {
    this.#words[row * WORDS + HOUR] = this.#word(row, HOUR) & ~mark;
  }

  #word(row: number, word: number): number {
    return this.#words[row * WORDS + word] as number;
  }

  #add(slot: number, hash: number, low: number, high: number): number {
    const row = this.#size;
    this.#size += 1;
    if (this.#size * WORDS > this.#words.length) this.#grow();
    this.#words[row * WORDS + LOW] = low;
    this.#words[row * WORDS + HIGH] = high;
    this.#words[row * WORDS + ORDER_NO] = NONE;
    this.#words[row * WORDS + TELEPHONE] = NONE;
    this.#slots.put(slot, hash);
    return row;
  }

  #grow(): void {
    const words = this.#words;
    this.#words = new Int32Array(words.length * 2);
    this.#words.set(words);
  }
}

function hashOf(low: number, high: number): number {
  return mixed(low ^ Math.imul(high, 0x9e3779b1));
}
