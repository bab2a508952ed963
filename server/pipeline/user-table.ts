import { HashSlots, mixed } from "./hash-slots.ts";

/** Words of one row: id (low, high), time, order number, telephone, hour, amount (two words). */
const WORDS = 8;
const [LOW, HIGH, TIME, ORDER_NO, TELEPHONE, HOUR] = [0, 1, 2, 3, 4, 5] as const;
/** The amount as the row's last 64-bit word. */
const AMOUNT = 3;
/** Stands for no order number or telephone. */
export const NONE = -1;
/** Lower than any amount: no amount. */
export const NO_AMOUNT = -(2n ** 63n);

/** A user's winner, as the columns of rule O2 and its hour, in numbers. */
export interface Winner {
  /** ms since the day's base. */
  readonly time: number;
  readonly orderNo: number;
  /** fen, or NO_AMOUNT. */
  readonly amount: bigint;
  /** Or NONE. */
  readonly telephone: number;
  readonly hour: number;
}

/** The users of a day and their winners, 32 bytes each. A user's row keeps its number. */
export class UserTable {
  readonly #slots = new HashSlots();
  #words = new Int32Array(64 * WORDS);
  #amounts = new BigInt64Array(this.#words.buffer);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The row of a user, by the 64-bit id as decimal text; a new user's has no winner yet. */
  rowOf(id: string): number {
    const [low, high] = halvesOf(id);
    const hash = mixed(low ^ Math.imul(high, 0x9e3779b1));
    let slot = this.#slots.first(hash);
    for (; ; slot = this.#slots.after(slot, hash)) {
      const row = this.#slots.entryAt(slot);
      if (row < 0) break;
      if (this.#word(row, LOW) === low && this.#word(row, HIGH) === high) return row;
    }
    const row = this.#size;
    this.#slots.put(slot, hash, row);
    this.#size += 1;
    if (this.#size * WORDS > this.#words.length) this.#grow();
    this.#words[row * WORDS + LOW] = low;
    this.#words[row * WORDS + HIGH] = high;
    this.#words[row * WORDS + ORDER_NO] = NONE;
    return row;
  }

  hasWinner(row: number): boolean {
    return this.#word(row, ORDER_NO) !== NONE;
  }

  setWinner(row: number, { time, orderNo, amount, telephone, hour }: Winner): void {
    const at = row * WORDS;
    this.#words[at + TIME] = time;
    this.#words[at + ORDER_NO] = orderNo;
    this.#words[at + TELEPHONE] = telephone;
    this.#words[at + HOUR] = hour;
    this.#amounts[row * (WORDS / 2) + AMOUNT] = amount;
  }

  /** A copy. */
  winnerOf(row: number): Winner {
    return {
      time: this.#word(row, TIME) >>> 0,
      orderNo: this.#word(row, ORDER_NO),
      amount: this.#amounts[row * (WORDS / 2) + AMOUNT] as bigint,
      telephone: this.#word(row, TELEPHONE),
      hour: this.#word(row, HOUR),
    };
  }

  /** ms since the day's base. */
  timeOf(row: number): number {
    return this.#word(row, TIME) >>> 0;
  }

  idOf(row: number): string {
    return idOfHalves(this.#word(row, LOW), this.#word(row, HIGH));
  }

  /** By id as a number. */
  compareIds(a: number, b: number): number {
    return (
      this.#word(a, HIGH) - this.#word(b, HIGH) || (this.#word(a, LOW) >>> 0) - (this.#word(b, LOW) >>> 0)
    );
  }

  #word(row: number, word: number): number {
    return this.#words[row * WORDS + word] as number;
  }

  #grow(): void {
    const words = this.#words;
    this.#words = new Int32Array(words.length * 2);
    this.#words.set(words);
    this.#amounts = new BigInt64Array(this.#words.buffer);
  }
}

const HIGH_UNIT = 2 ** 32;
/** Decimal text of this length is below 2^53. */
const EXACT_LENGTH = 15;

/** The two 32-bit halves of a 64-bit id in two's complement: low, high. */
function halvesOf(id: string): [number, number] {
  if (id.length <= EXACT_LENGTH) {
    const number = Number(id);
    return [number | 0, Math.floor(number / HIGH_UNIT) | 0];
  }
  const number = BigInt(id);
  return [Number(BigInt.asIntN(32, number)), Number(number >> 32n)];
}

function idOfHalves(low: number, high: number): string {
  const number = high * HIGH_UNIT + (low >>> 0);
  if (Number.isSafeInteger(number)) return String(number);
  return String((BigInt(high) << 32n) | BigInt(low >>> 0));
}
