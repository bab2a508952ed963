import pg from "pg";
import {
  CERTIFICATE_NO,
  CUSTOMER_NAME,
  CUSTOMER_TEL,
  NO_TEXT,
  startOfText,
  TEXTS,
} from "#server/contracts/order-columns.ts";
import { readCopied } from "#server/db/copied-rows.ts";
import { BinaryRows, COPY_HEADER, COPY_TRAILER, copyRows, dayNumber } from "#server/db/copy-rows.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import type { OrderRefs } from "../operator/order-refs.ts";
import type { TextSpans } from "../operator/text-table.ts";

/**
 * Personal data of last orders that are written together lie sealed in blocks: a value sealed alone costs more than all the
 * rest of its row. A block is written once; rows that were replaced leave their part of it behind until its month goes.
 *
 * Of each row: telephone, name, certificate number; of each text its length in bytes (16 bits, little-endian; NO_TEXT: null)
 * and its UTF-8.
 */

/** Rows of a block: few enough to be opened for the sake of one. */
export const BLOCK_ROWS = 128;
export const BLOCK_PURPOSE = "personal_block";

const KEPT = [CUSTOMER_TEL, CUSTOMER_NAME, CERTIFICATE_NO] as const;
const LENGTH_BYTES = 2;
const CHUNK = 128 * 1024;

/** Writes the personal data of orders. @returns the blocks' numbers: a row's is that of its place / BLOCK_ROWS */
export async function writePersonalBlocks(
  db: pg.ClientBase,
  date: string,
  refs: OrderRefs,
  cipher: FieldCipher,
): Promise<number[]> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT nextval('personal_block_id_seq') AS id FROM generate_series(1, $1)",
    [Math.ceil(refs.length / BLOCK_ROWS)],
  );
  const ids = rows.map(({ id }) => Number(id));
  await copyRows(db, "personal_block (biz_date, id, sealed)", chunks(date, ids, refs, cipher));
  return ids;
}

function* chunks(
  date: string,
  ids: readonly number[],
  refs: OrderRefs,
  cipher: FieldCipher,
): Generator<Buffer> {
  const rows = new BinaryRows();
  const day = dayNumber(date);
  yield COPY_HEADER;
  for (const [block, id] of ids.entries()) {
    const start = block * BLOCK_ROWS;
    const sealed = cipher.seal(
      plainBlock(refs, start, Math.min(start + BLOCK_ROWS, refs.length)),
      BLOCK_PURPOSE,
    );
    rows.row(3);
    rows.date(day);
    rows.whole(id);
    rows.bytes(sealed, 0, sealed.length);
    if (rows.size >= CHUNK) yield rows.take();
  }
  yield rows.take();
  yield COPY_TRAILER;
}

function plainBlock(refs: OrderRefs, start: number, end: number): Buffer {
  const plain = Buffer.allocUnsafe(sizeOf(refs, start, end));
  let to = 0;
  for (let place = start; place < end; place++) {
    const { arrays } = refs.sourceAt(place).orders;
    const index = refs.indexAt(place);
    for (const text of KEPT) {
      const length = arrays.textLengths[index * TEXTS + text] as number;
      to = plain.writeInt16LE(length, to);
      if (length === NO_TEXT) continue;
      const from = startOfText(arrays, index, text);
      for (let at = from; at < from + length; at++) plain[to++] = arrays.bytes[at] as number;
    }
  }
  return plain;
}

function sizeOf(refs: OrderRefs, start: number, end: number): number {
  let size = 0;
  for (let place = start; place < end; place++) {
    const { textLengths } = refs.sourceAt(place).orders.arrays;
    const index = refs.indexAt(place);
    for (const text of KEPT) size += LENGTH_BYTES + Math.max(0, textLengths[index * TEXTS + text] as number);
  }
  return size;
}

/** Where one text of an opened block lies, from the length before it. */
function endOfText(plain: Buffer, at: number): number {
  return at + LENGTH_BYTES + Math.max(0, plain.readInt16LE(at));
}

/** Telephone, name and certificate number of one row of an opened block. */
export function textsAt(plain: Buffer, place: number): [string | null, string | null, string | null] {
  let at = 0;
  for (let skipped = 0; skipped < place * KEPT.length; skipped++) at = endOfText(plain, at);
  const next = () => {
    const start = at + LENGTH_BYTES;
    const isNull = plain.readInt16LE(at) === NO_TEXT;
    at = endOfText(plain, at);
    return isNull ? null : plain.toString("utf8", start, at);
  };
  return [next(), next(), next()];
}

/** Reads a business date's blocks as they come, opened; those of replaced rows as well. */
export async function* readPersonalBlocks(
  db: pg.ClientBase,
  date: string,
  cipher: FieldCipher,
): AsyncGenerator<{ readonly block: number; readonly plain: Buffer }> {
  const query = `SELECT id, sealed FROM personal_block WHERE biz_date = ${pg.escapeLiteral(date)}`;
  for await (const rows of readCopied(db, query, 2, BLOCK_ROWS)) {
    for (let row = 0; row < rows.count; row++) {
      yield { block: rows.whole(row, 0), plain: cipher.open(rows.slice(row, 1), BLOCK_PURPOSE) };
    }
  }
}

/** Finds the telephone of each row of an opened block. @returns how many rows it has */
export function findTelephones(plain: Buffer, { starts, ends }: TextSpans): number {
  let place = 0;
  for (let at = 0; at < plain.length; place++) {
    starts[place] = at + LENGTH_BYTES;
    ends[place] = (starts[place] as number) + plain.readInt16LE(at);
    at = endOfText(plain, endOfText(plain, endOfText(plain, at)));
  }
  return place;
}
