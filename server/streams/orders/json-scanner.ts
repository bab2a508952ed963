import { putBigInt, putInteger } from "#server/contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const NULL = bytesOf("null");
/** Decimal numbers of so many digits are exact as doubles. */
const EXACT_DIGITS = 15;
/** Digits of a text that is surely a 64-bit id. */
const ID_DIGITS = 18;
/** First bytes of white space beyond ASCII: a text of nothing else is blank, which is rare enough for the long way. */
const MAY_BE_BLANK = new Uint8Array(256);
for (const byte of [0xc2, 0xe1, 0xe2, 0xe3, 0xef]) MAY_BE_BLANK[byte] = 1;
/** Stands for what lies behind the end: no byte, no digit, no quote. */
const END = -1;

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * Reads ordinary JSON from left to right, in valid UTF-8: texts without escapes, numbers without exponents, null. At
 * anything else it gives up, and whoever asked reads the bytes by other means; so it need not know every error, only
 * every case that is surely none.
 */
export class JsonScanner {
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #end = 0;
  #gaveUp = false;

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#gaveUp = false;
  }

  /** Whether anything was read that is not ordinary; what the readers returned then means nothing. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#end;
  }

  /** Takes one byte if it comes next. */
  takesByte(expected: number): boolean {
    if (this.#peek() !== expected) return false;
    this.#at += 1;
    return true;
  }

  /** Takes `expected` if it comes next. */
  takes(expected: Uint8Array): boolean {
    const [bytes, at] = [this.#bytes, this.#at];
    if (at + expected.length > this.#end) return false;
    for (let index = 0; index < expected.length; index++) {
      if (bytes[at + index] !== expected[index]) return false;
    }
    this.#at = at + expected.length;
    return true;
  }

  skipSpaces(): void {
    while (this.#peek() === SPACE) this.#at += 1;
  }

  /** A text of at most `longest` bytes: where it starts and ends; empty, or null: a start below 0. */
  textOrNull(longest: number, spans: Int32Array, text: number): void {
    spans[text * 2] = -1;
    if (this.#peek() !== QUOTE) {
      this.#null();
      return;
    }
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let end = start;
    for (; end < this.#end; end += 1) {
      const byte = bytes[end] as number;
      if (byte === QUOTE) break;
      if (byte < SPACE || byte === BACKSLASH) this.#gaveUp = true;
    }
    if (end === this.#end || end - start > longest) this.#gaveUp = true;
    this.#at = end + 1;
    if (end === start) return;
    const first = bytes[start] as number;
    if (first === SPACE || MAY_BE_BLANK[first] === 1) this.#gaveUp = true;
    spans[text * 2] = start;
    spans[text * 2 + 1] = end;
  }

  /** A 64-bit id above zero, as a number or a text. */
  id(pairs: Int32Array, index: number): void {
    const isText = this.takesByte(QUOTE);
    const start = this.#at;
    const first = this.#digits(EXACT_DIGITS);
    const rest = this.#at - start === EXACT_DIGITS && isText ? this.#longId(first) : null;
    const count = this.#at - start;
    if (count === 0 || isDigit(this.#peek()) || this.#bytes[start] === ZERO) this.#gaveUp = true;
    if (isText && !this.takesByte(QUOTE)) this.#gaveUp = true;
    if (rest === null) putInteger(pairs, index, first);
    else putBigInt(pairs, index, rest);
  }

  /** A whole number from 0, as a number or a text; or null: NaN. */
  wholeOrNull(): number {
    const isText = this.takesByte(QUOTE);
    if (!isText && !isDigit(this.#peek())) {
      this.#null();
      return Number.NaN;
    }
    const value = this.#whole(isText);
    if (isText && !this.takesByte(QUOTE)) this.#gaveUp = true;
    return value;
  }

  /** An amount of at most two decimals, as a number or a text, in fen; or null. */
  fenOrNull(pairs: Int32Array, index: number): void {
    const isText = this.takesByte(QUOTE);
    const isNegative = this.takesByte(MINUS);
    if (!isText && !isNegative && !isDigit(this.#peek())) {
      this.#null();
      pairs[index * 2] = 0;
      pairs[index * 2 + 1] = NO_AMOUNT_HIGH;
      return;
    }
    const fen = this.#whole(isText) * 100 + this.#hundredths();
    if (!Number.isSafeInteger(fen)) this.#gaveUp = true;
    if (isText && !this.takesByte(QUOTE)) this.#gaveUp = true;
    putInteger(pairs, index, isNegative ? -fen : fen);
  }

  /** Digits before a point; a JSON number has no leading zero. */
  #whole(mayLeadWithZero: boolean): number {
    const start = this.#at;
    const value = this.#digits(EXACT_DIGITS);
    const count = this.#at - start;
    const leads = count > 1 && this.#bytes[start] === ZERO;
    if (count === 0 || isDigit(this.#peek()) || (leads && !mayLeadWithZero)) this.#gaveUp = true;
    return value;
  }

  #hundredths(): number {
    if (!this.takesByte(POINT)) return 0;
    const start = this.#at;
    const value = this.#digits(2);
    const count = this.#at - start;
    if (count === 0 || isDigit(this.#peek())) this.#gaveUp = true;
    return count === 1 ? value * 10 : value;
  }

  /** The digits that follow the first fifteen of an id. */
  #longId(first: number): bigint | null {
    const start = this.#at;
    const last = this.#digits(ID_DIGITS - EXACT_DIGITS);
    const count = this.#at - start;
    return count === 0 ? null : BigInt(first) * 10n ** BigInt(count) + BigInt(last);
  }

  /** The value of at most `most` digits; what follows them is not looked at. */
  #digits(most: number): number {
    const last = Math.min(this.#end, this.#at + most);
    const bytes = this.#bytes;
    let at = this.#at;
    let value = 0;
    for (; at < last; at += 1) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + (byte - ZERO);
    }
    this.#at = at;
    return value;
  }

  #peek(): number {
    return this.#at < this.#end ? (this.#bytes[this.#at] as number) : END;
  }

  #null(): void {
    if (!this.takes(NULL)) this.#gaveUp = true;
  }
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;
