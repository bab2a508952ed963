import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { COPY_HEADER } from "./copy-rows.ts";

/** Number of columns that marks the end of the rows. */
const END = -1;

/**
 * One row of a binary COPY: where each column lies in `bytes`. Good until the next row is read.
 */
export class CopiedRow {
  bytes: Buffer = Buffer.alloc(0);
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  /** Reads the row that begins at `at`. @returns where the next one begins; `at`: it is not here whole yet */
  read(bytes: Buffer, at: number, columns: number): number {
    this.bytes = bytes;
    let end = at;
    for (let column = 0; column < columns; column++) {
      if (end + 4 > bytes.length) return at;
      const length = bytes.readInt32BE(end);
      this.#starts[column] = end + 4;
      this.#lengths[column] = length;
      end += 4 + Math.max(0, length);
    }
    return end > bytes.length ? at : end;
  }

  isNull(column: number): boolean {
    return (this.#lengths[column] as number) < 0;
  }

  start(column: number): number {
    return this.#starts[column] as number;
  }

  end(column: number): number {
    return this.start(column) + (this.#lengths[column] as number);
  }

  /** Halves of a bigint column. */
  low(column: number): number {
    return this.bytes.readInt32BE(this.start(column) + 4);
  }

  high(column: number): number {
    return this.bytes.readInt32BE(this.start(column));
  }

  /** A bigint column that is a safe integer. */
  whole(column: number): number {
    return this.high(column) * 2 ** 32 + (this.low(column) >>> 0);
  }

  /** Bytes of a column. */
  slice(column: number): Buffer {
    return this.bytes.subarray(this.start(column), this.end(column));
  }
}

/**
 * Reads the rows of a query in PostgreSQL's binary format as they come: neither they nor objects of them are ever in memory
 * together.
 * @param query without parameters
 * @returns how many there were
 */
export async function readCopied(
  db: pg.ClientBase,
  query: string,
  take: (row: CopiedRow) => void,
): Promise<number> {
  const row = new CopiedRow();
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  let count = 0;
  for await (const chunk of db.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!isBegun) {
      if (bytes.length < COPY_HEADER.length) {
        rest = bytes;
        continue;
      }
      isBegun = true;
      at = COPY_HEADER.length;
    }
    while (at + 2 <= bytes.length) {
      const columns = bytes.readInt16BE(at);
      if (columns === END) break;
      const next = row.read(bytes, at + 2, columns);
      if (next === at + 2) break;
      take(row);
      count += 1;
      at = next;
    }
    rest = bytes.subarray(at);
  }
  return count;
}
