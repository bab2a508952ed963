import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { COPY_HEADER } from "./copy-rows.ts";

/** Number of columns that marks the end of the rows. */
const END = -1;

/** Rows of a binary COPY, where each column of each lies in `bytes`. Good until the next ones are read. */
export class CopiedRows {
  bytes: Buffer = Buffer.alloc(0);
  count = 0;
  readonly #columns: number;
  readonly #capacity: number;
  readonly #starts: Int32Array;
  /** Negative: null. */
  readonly #lengths: Int32Array;

  constructor(columns: number, capacity: number) {
    this.#columns = columns;
    this.#capacity = capacity;
    this.#starts = new Int32Array(columns * capacity);
    this.#lengths = new Int32Array(columns * capacity);
  }

  /** Takes the rows that begin at `at` and are there whole, as many as it has room for. @returns where the next one begins */
  fill(bytes: Buffer, at: number): number {
    this.bytes = bytes;
    this.count = 0;
    let next = at;
    while (this.count < this.#capacity && next + 2 <= bytes.length && bytes.readInt16BE(next) !== END) {
      const end = this.#read(next + 2);
      if (end < 0) break;
      this.count += 1;
      next = end;
    }
    return next;
  }

  isNull(row: number, column: number): boolean {
    return (this.#lengths[row * this.#columns + column] as number) < 0;
  }

  start(row: number, column: number): number {
    return this.#starts[row * this.#columns + column] as number;
  }

  end(row: number, column: number): number {
    return this.start(row, column) + (this.#lengths[row * this.#columns + column] as number);
  }

  /** Halves of a bigint column. */
  low(row: number, column: number): number {
    return this.bytes.readInt32BE(this.start(row, column) + 4);
  }

  high(row: number, column: number): number {
    return this.bytes.readInt32BE(this.start(row, column));
  }

  /** A bigint column that is a safe integer. */
  whole(row: number, column: number): number {
    return this.high(row, column) * 2 ** 32 + (this.low(row, column) >>> 0);
  }

  /** Bytes of a column. */
  slice(row: number, column: number): Buffer {
    return this.bytes.subarray(this.start(row, column), this.end(row, column));
  }

  /** Reads the next row, whose columns begin at `at`. @returns where it ends; -1: it is not here whole yet */
  #read(at: number): number {
    const { bytes } = this;
    const first = this.count * this.#columns;
    let end = at;
    for (let place = first; place < first + this.#columns; place++) {
      if (end + 4 > bytes.length) return -1;
      const length = bytes.readInt32BE(end);
      this.#starts[place] = end + 4;
      this.#lengths[place] = length;
      end += 4 + Math.max(0, length);
    }
    return end > bytes.length ? -1 : end;
  }
}

/**
 * Reads the rows of a query in PostgreSQL's binary format as they come: neither they nor objects of them are ever in memory
 * together. Each step gives the same object anew. Whoever stops before the end has the rest run off unread: what the
 * connection is asked next is answered behind it.
 * @param query without parameters
 * @param columns how many it has
 * @param capacity rows of a step at most
 */
export async function* readCopied(
  db: pg.ClientBase,
  query: string,
  columns: number,
  capacity: number,
): AsyncGenerator<CopiedRows> {
  const rows = new CopiedRows(columns, capacity);
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  const copied = db.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  copied.on("error", () => undefined); // told by the iterator, and to nobody once the rest runs off
  try {
    for await (const chunk of copied.iterator({ destroyOnReturn: false })) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!isBegun) {
        if (rest.length < COPY_HEADER.length) continue;
        isBegun = true;
        rest = rest.subarray(COPY_HEADER.length);
      }
      for (;;) {
        const next = rows.fill(rest, 0);
        if (rows.count === 0) break;
        yield rows;
        rest = rest.subarray(next);
      }
    }
  } finally {
    copied.resume();
  }
}
