import { isBlank } from "./fields.ts";
import { LIMITS } from "./limits.ts";
import { behindLineEnd, CR, LF } from "./line-end.ts";

/** What may stand between the cells of a row. */
export type Separator = "," | ";" | "\t";

/** Bytes that have to stand behind the beginning of a row, or of a file's end, to know how the row ends. */
export const ROW_SIGHT = LIMITS.lineBytes + 4;

const QUOTE = 0x22;
const SPACE = 0x20;
const LAST_ASCII = 0x7e;
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
  #width = 0;
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
    return this.#width;
  }

  /** @returns false when quotes do not match, or the row is longer than a row may be */
  scan(from: number): boolean {
    const bytes = this.#bytes;
    this.#width = 0;
    for (let at = from; ; at += 1) {
      at = bytes[at] === QUOTE ? this.#quotedCell(at, from) : this.#plainCell(at, from);
      if (at < 0) return false;
      if (bytes[at] === this.#separator) continue;
      if (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) return false;
      this.#end = at;
      return at - from <= LIMITS.lineBytes;
    }
  }

  cells(): string[] {
    const cells: string[] = [];
    for (let index = 0; index < this.#width; index += 1) cells.push(this.#cell(index));
    return cells;
  }

  /** Whether nothing but white space stands in its cells; told without making them, as far as that can be. */
  isBlank(): boolean {
    for (let index = 0; index < this.width; index += 1) if (!this.#isBlankCell(index)) return false;
    return true;
  }

  /** The place of one more cell. Those of the row before are written over: rows of many cells come one after the other. */
  #keep(start: number, end: number, isDoubled: number): void {
    const at = this.#width * SPAN;
    this.#spans[at] = start;
    this.#spans[at + 1] = end;
    this.#spans[at + 2] = isDoubled;
    this.#width += 1;
  }

  #cell(index: number): string {
    const [start, end] = [this.#spans[index * SPAN], this.#spans[index * SPAN + 1]];
    if (start === end) return "";
    const text = this.#bytes.toString("utf8", start, end);
    return this.#spans[index * SPAN + 2] === 1 ? text.replaceAll('""', '"') : text;
  }

  #isBlankCell(index: number): boolean {
    const [start, end] = [this.#spans[index * SPAN] as number, this.#spans[index * SPAN + 1] as number];
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at] as number;
      if (byte > SPACE && byte <= LAST_ASCII) return false;
      if (byte !== SPACE) return isBlank(this.#cell(index));
    }
    return true;
  }

  /** Where the next row begins. */
  get next(): number {
    return behindLineEnd(this.#bytes, this.#end);
  }

  /** @returns index behind the cell; -1: a quote stands in it, or it ends out of sight of the row's beginning */
  #plainCell(start: number, from: number): number {
    const [bytes, separator] = [this.#bytes, this.#separator];
    const last = Math.min(bytes.length, from + LIMITS.lineBytes + 1);
    let at = start;
    for (; at < last; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) return -1;
      if (byte === separator || byte === LF || byte === CR) break;
    }
    if (at >= last && last < bytes.length) return -1;
    this.#keep(start, at, 0);
    return at;
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
    this.#keep(opening + 1, at, isDoubled);
    return at + 1;
  }
}
