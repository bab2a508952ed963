const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
/** Decimal numbers of so many digits are exact as doubles. */
const EXACT_DIGITS = 15;
/** Digits of a text that is surely a 64-bit id. */
const ID_DIGITS = 18;

/**
 * Reads ordinary JSON from left to right: texts without escapes, numbers without exponents, null. At anything else it
 * gives up, and whoever asked reads the text by other means; so it need not know every error, only every case that is
 * surely none.
 */
export class JsonScanner {
  #text = "";
  #at = 0;
  #gaveUp = false;

  begin(text: string): void {
    this.#text = text;
    this.#at = 0;
    this.#gaveUp = false;
  }

  /** Whether anything was read that is not ordinary; what the readers returned then means nothing. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Takes `expected` if it comes next. */
  takes(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
  }

  /** A text of at most `longest` UTF-16 units, or null. */
  textOrNull(longest: number): string | null {
    if (this.#peek() !== QUOTE) return this.#null();
    const start = this.#at + 1;
    let end = start;
    for (let unit = this.#text.charCodeAt(end); unit !== QUOTE; unit = this.#text.charCodeAt(end)) {
      if (!(unit >= SPACE) || unit === BACKSLASH) return this.#giveUp();
      end += 1;
    }
    if (end - start > longest) return this.#giveUp();
    this.#at = end + 1;
    return this.#text.slice(start, end);
  }

  /** A 64-bit id above zero, as a number or a text, in its canonical text. */
  id(): string {
    const isText = this.#takesQuote();
    const start = this.#at;
    const count = this.#skipDigits();
    if (count === 0 || count > (isText ? ID_DIGITS : EXACT_DIGITS)) this.#giveUp();
    if (this.#text.charCodeAt(start) === ZERO) this.#giveUp();
    const end = this.#at;
    if (isText && !this.#takesQuote()) this.#giveUp();
    return this.#text.slice(start, end);
  }

  /** A whole number from 0, as a number or a text; or null. */
  wholeOrNull(): number | null {
    const isText = this.#takesQuote();
    if (!isText && !isDigit(this.#peek())) return this.#null();
    const value = this.#whole(isText);
    if (isText && !this.#takesQuote()) this.#giveUp();
    return value;
  }

  /** An amount of at most two decimals, as a number or a text, in fen; or null. */
  fenOrNull(): bigint | null {
    const isText = this.#takesQuote();
    const isNegative = this.#peek() === MINUS;
    if (isNegative) this.#at += 1;
    if (!isText && !isNegative && !isDigit(this.#peek())) return this.#null();
    const fen = this.#whole(isText) * 100 + this.#hundredths();
    if (!Number.isSafeInteger(fen)) this.#giveUp();
    if (isText && !this.#takesQuote()) this.#giveUp();
    return this.#gaveUp ? null : BigInt(isNegative ? -fen : fen);
  }

  /** Digits before a point; a JSON number has no leading zero. */
  #whole(mayLeadWithZero: boolean): number {
    const start = this.#at;
    let value = 0;
    for (let unit = this.#peek(); isDigit(unit); unit = this.#peek()) {
      value = value * 10 + (unit - ZERO);
      this.#at += 1;
    }
    const count = this.#at - start;
    const leads = count > 1 && this.#text.charCodeAt(start) === ZERO;
    if (count === 0 || count > EXACT_DIGITS || (leads && !mayLeadWithZero)) this.#giveUp();
    return value;
  }

  #hundredths(): number {
    if (this.#peek() !== POINT) return 0;
    this.#at += 1;
    const start = this.#at;
    const count = this.#skipDigits();
    if (count === 0 || count > 2) this.#giveUp();
    const tens = this.#text.charCodeAt(start) - ZERO;
    return count === 1 ? tens * 10 : tens * 10 + this.#text.charCodeAt(start + 1) - ZERO;
  }

  /** @returns how many there were */
  #skipDigits(): number {
    const start = this.#at;
    while (isDigit(this.#peek())) this.#at += 1;
    return this.#at - start;
  }

  #takesQuote(): boolean {
    if (this.#peek() !== QUOTE) return false;
    this.#at += 1;
    return true;
  }

  /** NaN at the end. */
  #peek(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #null(): null {
    if (!this.takes("null")) this.#giveUp();
    return null;
  }

  #giveUp(): null {
    this.#gaveUp = true;
    return null;
  }
}

const isDigit = (unit: number): boolean => unit >= ZERO && unit <= ZERO + 9;
