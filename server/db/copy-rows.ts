import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { bigIntOf, numberOf } from "../contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "../contracts/order-columns.ts";

/** Signature, flags and length of the header's extension. */
export const COPY_HEADER = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
export const COPY_TRAILER = Buffer.of(0xff, 0xff);

const NULL = -1;
const FIRST_ROOM = 64 * 1024;
/** Of one value that is neither text nor bytes. */
const VALUE_ROOM = 32;
/** PostgreSQL counts days from 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
/** A numeric lies in digits of base 10,000; two decimals are one digit behind the point. */
const BASE = 10_000;
const [POSITIVE, NEGATIVE, SCALE] = [0x0000, 0x4000, 2];
/** Three digits of base 10,000 and two decimals. */
const LARGE = 10n ** 14n;
const LARGE_DIGITS = 3;

/** A date, yyyy-mm-dd, as PostgreSQL counts it. */
export const dayNumber = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - EPOCH) / DAY_MS;

/**
 * Copies rows into a table in PostgreSQL's binary format: it parses nothing, and no object is made of a value.
 * @param target table with its columns, in the order of the rows
 * @param chunks COPY_HEADER, rows, COPY_TRAILER
 */
export async function copyRows(db: pg.ClientBase, target: string, chunks: Iterable<Buffer>): Promise<void> {
  await pipeline(chunks, db.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`)));
}

/**
 * Rows as COPY reads them; the buffer grows as needed. Numbers are written through a view: V8 makes one instruction of it,
 * where a Buffer's own methods check and write byte by byte.
 */
export class BinaryRows {
  readonly #digits = new Int16Array(8);
  #buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #view = viewOf(this.#buffer);
  #end = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#end;
  }

  /** What was written; the rows begin anew. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#end);
    this.#use(Buffer.allocUnsafeSlow(this.#buffer.length));
    this.#end = 0;
    return taken;
  }

  row(columns: number): void {
    this.#reserve(VALUE_ROOM);
    this.#put16(columns);
  }

  null(): void {
    this.#reserve(VALUE_ROOM);
    this.#put32(NULL);
  }

  /** @param day from dayNumber */
  date(day: number): void {
    this.#header(4);
    this.#put32(day);
  }

  /** A smallint column. */
  small(value: number): void {
    this.#header(2);
    this.#put16(value);
  }

  /** A bigint column, from a 64-bit pair. */
  int64(low: number, high: number): void {
    this.#header(8);
    this.#put32(high);
    this.#put32(low);
  }

  /** The same from a whole number up to 2^53; NaN: null. */
  whole(value: number): void {
    if (Number.isNaN(value)) this.null();
    else this.int64(value | 0, Math.floor(value / 2 ** 32));
  }

  /** A text or bytea column. */
  bytes(source: Uint8Array, start: number, end: number): void {
    this.#header(end - start);
    const buffer = this.#buffer;
    for (let at = start; at < end; at++) buffer[this.#end++] = source[at] as number;
  }

  /** A numeric(18,2) column, from a 64-bit pair in hundredths. */
  fen(low: number, high: number): void {
    if (high === NO_AMOUNT_HIGH) {
      this.null();
      return;
    }
    const value = numberOf(low, high);
    if (Number.isSafeInteger(value)) this.#numeric(value < 0, Math.abs(value), 0);
    else this.#large(bigIntOf(low, high));
  }

  /** Hundredths beyond 2^53. */
  #large(fen: bigint): void {
    const size = fen < 0n ? -fen : fen;
    this.#numeric(fen < 0n, Number(size % LARGE), Number(size / LARGE));
  }

  /** @param fen hundredths; @param large what stands above them, in LARGE hundredths; 0: fen may be as large as it likes */
  #numeric(isNegative: boolean, fen: number, large: number): void {
    const digits = this.#digits;
    let count = 0;
    const hundredths = fen % 100;
    let whole = Math.floor(fen / 100);
    // From the last digit of the whole part to its first.
    for (; whole > 0 || (large > 0 && count < LARGE_DIGITS); whole = Math.floor(whole / BASE)) {
      digits[count++] = whole % BASE;
    }
    for (let rest = large; rest > 0; rest = Math.floor(rest / BASE)) digits[count++] = rest % BASE;
    const total = count + (hundredths > 0 ? 1 : 0);
    this.#header(8 + total * 2);
    this.#put16(total);
    this.#put16(total === 0 ? 0 : count - 1);
    this.#put16(isNegative ? NEGATIVE : POSITIVE);
    this.#put16(SCALE);
    for (let digit = count - 1; digit >= 0; digit--) this.#put16(digits[digit] as number);
    if (hundredths > 0) this.#put16(hundredths * 100);
  }

  /** The length before a value, with room for both. */
  #header(length: number): void {
    this.#reserve(length + VALUE_ROOM);
    this.#put32(length);
  }

  #put16(value: number): void {
    this.#view.setInt16(this.#end, value);
    this.#end += 2;
  }

  #put32(value: number): void {
    this.#view.setInt32(this.#end, value);
    this.#end += 4;
  }

  #reserve(room: number): void {
    if (this.#end + room <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#end + room));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#use(larger);
  }

  #use(buffer: Buffer): void {
    this.#buffer = buffer;
    this.#view = viewOf(buffer);
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer) => new DataView(buffer, byteOffset, byteLength);
