import { MAX_HOURS } from "./distinct-counts.ts";

/** Words of one row: time, user and hour packed, amount (two words). */
const WORDS = 4;

/** The standing version of an order number (rule O7), in numbers. */
export interface GrossVersion {
  /** ms since the day's base. */
  readonly time: number;
  /** Row of the user table. */
  readonly user: number;
  readonly hour: number;
  /** fen, or NO_AMOUNT. */
  readonly amount: bigint;
}

/** The standing version of each order number, by the number that the text table gives it; 16 bytes each. */
export class GrossTable {
  #words = new Uint32Array(64 * WORDS);
  #amounts = new BigInt64Array(this.#words.buffer);
  #size = 0;

  /** Order numbers that have a version. */
  get size(): number {
    return this.#size;
  }

  /** null: it has none yet. */
  versionOf(orderNo: number): GrossVersion | null {
    const at = orderNo * WORDS;
    const packed = this.#words[at + 1] ?? 0;
    if (packed === 0) return null;
    return {
      time: this.#words[at] as number,
      user: Math.floor(packed / MAX_HOURS) - 1,
      hour: packed % MAX_HOURS,
      amount: this.#amounts[orderNo * (WORDS / 2) + 1] as bigint,
    };
  }

  set(orderNo: number, { time, user, hour, amount }: GrossVersion): void {
    const at = orderNo * WORDS;
    if (at >= this.#words.length) this.#grow(at + WORDS);
    if (this.#words[at + 1] === 0) this.#size += 1;
    this.#words[at] = time;
    // One more than the row: an empty row is all zeros.
    this.#words[at + 1] = (user + 1) * MAX_HOURS + hour;
    this.#amounts[orderNo * (WORDS / 2) + 1] = amount;
  }

  #grow(needed: number): void {
    const words = this.#words;
    this.#words = new Uint32Array(Math.max(needed, words.length * 2));
    this.#words.set(words);
    this.#amounts = new BigInt64Array(this.#words.buffer);
  }
}
