import { rowAt } from "./csv.ts";
import { headerOf } from "./csv-header.ts";
import { ROW_SIGHT, RowScanner } from "./csv-row.ts";
import type { CutOrNot, Cutter } from "./cutter.ts";
import { CR, LineEnds } from "./line-end.ts";

const SEPARATOR = ",";

/** Cuts CSV between its rows; each piece begins with the header. */
export class CsvCutter implements Cutter {
  readonly head: Buffer;
  readonly headLines: number;
  /** Bytes, and lines, up to the first row. */
  readonly skipped: number;
  readonly linesSkipped: number;
  readonly #width: number;
  #window: Buffer;
  #scanner: RowScanner;
  #ends: LineEnds;

  /** @param window the beginning of the file, with its header @throws {InvalidInput} */
  constructor(window: Buffer) {
    const { header, line, lines, start, end, next } = headerOf(window, SEPARATOR);
    // Ended by a line feed: a carriage return would make one line end with a line feed that a piece begins with.
    this.head = Buffer.concat([window.subarray(start, end), Buffer.from("\n")]);
    this.headLines = lines;
    this.skipped = next;
    this.linesSkipped = line - 1 + lines;
    this.#width = header.length;
    this.#window = window;
    this.#scanner = new RowScanner(window, SEPARATOR);
    this.#ends = new LineEnds(window);
  }

  cut(window: Buffer, at: number, isLast: boolean): CutOrNot {
    if (!isLast && window.length - at < ROW_SIGHT) return "more";
    if (window !== this.#window) {
      this.#window = window;
      this.#scanner = new RowScanner(window, SEPARATOR);
      this.#ends = new LineEnds(window);
    }
    const row = rowAt(window, at, { scanner: this.#scanner, ends: this.#ends, width: this.#width });
    if (!isLast && row.end === window.length) return "endless";
    if (!isLast && row.end === window.length - 1 && window[row.end] === CR) return "more"; // a line feed may follow
    return { next: Math.min(row.next, window.length), lines: row.lines, isRecord: row.kind !== "blank" };
  }
}
