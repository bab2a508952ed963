import { LIMITS } from "./limits.ts";
import { behindLineEnd, CR, LF } from "./line-end.ts";

/** What may stand between the cells of a row. */
export type Separator = "," | ";" | "\t";

const QUOTE = 0x22;
const SPAN = 3;

/**
 * Reads one row of CSV at a time out of bytes: where its cells stand, and where the next row begins. A quoted cell may hold
 * line ends, separators and doubled quotes; a quote anywhere else is a fault. It looks no further than a row may be long:
 * so a quote that is never closed costs little, and a file that is read in pieces gives the same rows.
 */
export class RowScanner {
  readonly #bytes: Buffer;
  readonly #separator: number;
  /** Start, end, and whether quotes are doubled, of each cell. */
  readonly #spans: number[] = [];
  #end = 0;

  constructor(bytes: Buffer, separator: Separator = ",") {
    this.#bytes = bytes;
    this.#separator = separator.charCodeAt(0);
  }

  /** Behind the row's last cell, before its line end. */
  get end(): number {
    return this.#end;
  }

  get width(): number {
    return this.#spans.length / SPAN;
  }

  /** @returns false when quotes do not match, or the row is longer than a row may be */
  scan(from: number): boolean {
    const bytes = this.#bytes;
    this.#spans.length = 0;
    for (let at = from; ; at += 1) {
      at = bytes[at] === QUOTE ? this.#quotedCell(at, from) : this.#plainCell(at);
      if (at < 0) return false;
      if (bytes[at] === this.#separator) continue;
      if (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) return false;
      this.#end = at;
      return at - from <= LIMITS.lineBytes;
    }
  }

  cells(): string[] {
    return Array.from({ length: this.width }, (_, index) => {
      const [start, end, isDoubled] = this.#spans.slice(index * SPAN);
      const text = this.#bytes.toString("utf8", start, end);
      return isDoubled ? text.replaceAll('""', '"') : text;
    });
  }

  /** Where the next row begins. */
  get next(): number {
    return behindLineEnd(this.#bytes, this.#end);
  }

  /** @returns index behind the cell; -1: a quote stands in it */
  #plainCell(start: number): number {
    const [bytes, separator] = [this.#bytes, this.#separator];
    for (let at = start; ; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) return -1;
      if (byte !== separator && byte !== LF && byte !== CR && at < bytes.length) continue;
      this.#spans.push(start, at, 0);
      return at;
    }
  }

  /** @returns index behind the closing quote; -1: none is in sight of the row's beginning */
  #quotedCell(opening: number, from: number): number {
    const bytes = this.#bytes;
    let isDoubled = 0;
    let at = opening + 1;
    for (;;) {
      at = bytes.indexOf(QUOTE, at);
      if (at < 0 || at - from > LIMITS.lineBytes) return -1;
      if (bytes[at + 1] !== QUOTE) break;
      isDoubled = 1;
      at += 2;
    }
    this.#spans.push(opening + 1, at, isDoubled);
    return at + 1;
  }
}
