import type pg from "pg";
import {
  NO_TEXT,
  ORDER_NO,
  ORDER_TYPE,
  type OrderArrays,
  startOfText,
  TEXTS,
} from "#server/contracts/order-columns.ts";
import { BinaryRows, COPY_HEADER, COPY_TRAILER, copyRows, dayNumber } from "#server/db/copy-rows.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import type { OrderRefs } from "../operator/order-refs.ts";
import { BLOCK_ROWS, writePersonalBlocks } from "./personal-blocks.ts";

/** Bytes sent at a time; between two chunks others get their turn. */
const CHUNK = 128 * 1024;

const LAST_COLUMNS =
  "biz_date, user_id, gmt_modified, order_no, order_type, pay_time, order_price, payable, gmt_created, seq, personal_block, personal_place";
const GROSS_COLUMNS = "biz_date, order_no, gmt_modified, payable, user_id";

/** Writes last orders of users who have no row of that date yet. @throws when one has */
export async function insertLastOrders(
  db: pg.ClientBase,
  date: string,
  refs: OrderRefs,
  cipher: FieldCipher,
): Promise<void> {
  if (refs.length === 0) return;
  const blocks = await writePersonalBlocks(db, date, refs, cipher);
  await copyRows(db, `last_order (${LAST_COLUMNS})`, lastOrderChunks(date, refs, blocks));
}

/** Writes gross orders whose number has no row of that date yet. @throws when one has */
export async function insertGrossOrders(db: pg.ClientBase, date: string, refs: OrderRefs): Promise<void> {
  if (refs.length === 0) return;
  await copyRows(db, `gross_order (${GROSS_COLUMNS})`, grossOrderChunks(date, refs));
}

/**
 * Replaces rows that are there, inside the caller's transaction. Guarded by the columns of rule O2 that are in clear.
 * @throws {StateMismatch} when one is missing, or greater: the memory that knew it is not to be trusted
 */
export async function replaceLastOrders(
  db: pg.ClientBase,
  date: string,
  refs: OrderRefs,
  cipher: FieldCipher,
): Promise<void> {
  if (refs.length === 0) return;
  const blocks = await writePersonalBlocks(db, date, refs, cipher);
  await stage(db, "last_order", LAST_COLUMNS, lastOrderChunks(date, refs, blocks));
  const { rowCount } = await db.query(
    `UPDATE last_order AS kept SET gmt_modified = staged.gmt_modified, order_no = staged.order_no,
       order_type = staged.order_type, pay_time = staged.pay_time, order_price = staged.order_price,
       payable = staged.payable, gmt_created = staged.gmt_created, seq = staged.seq, personal = NULL,
       personal_block = staged.personal_block, personal_place = staged.personal_place
     FROM staged_last_order staged
     WHERE kept.biz_date = $1 AND staged.biz_date = $1 AND kept.user_id = staged.user_id
       AND (staged.gmt_modified, staged.order_no COLLATE "C", coalesce(staged.payable, '-Infinity'))
        >= (kept.gmt_modified, kept.order_no COLLATE "C", coalesce(kept.payable, '-Infinity'))`,
    [date],
  );
  requireAll("last_order", rowCount, refs.length);
}

/** The same for gross orders, guarded by the columns of rule O7. @throws {StateMismatch} */
export async function replaceGrossOrders(db: pg.ClientBase, date: string, refs: OrderRefs): Promise<void> {
  if (refs.length === 0) return;
  await stage(db, "gross_order", GROSS_COLUMNS, grossOrderChunks(date, refs));
  const { rowCount } = await db.query(
    `UPDATE gross_order AS kept SET gmt_modified = staged.gmt_modified, payable = staged.payable,
       user_id = staged.user_id
     FROM staged_gross_order staged
     WHERE kept.biz_date = $1 AND staged.biz_date = $1 AND kept.order_no = staged.order_no
       AND (staged.gmt_modified, coalesce(staged.payable, '-Infinity'), staged.user_id)
        >= (kept.gmt_modified, coalesce(kept.payable, '-Infinity'), kept.user_id)`,
    [date],
  );
  requireAll("gross_order", rowCount, refs.length);
}

/** What the tables hold is not what the memory knows of them. */
export class StateMismatch extends Error {
  override readonly name = "StateMismatch";
}

function requireAll(table: string, written: number | null, expected: number): void {
  if (written === expected) return;
  throw new StateMismatch(`${table}: ${written} of ${expected} rows were where the memory knew them`);
}

/** Rows in a table of this connection alone, emptied at the end of the transaction. */
async function stage(
  db: pg.ClientBase,
  table: "last_order" | "gross_order",
  columns: string,
  chunks: Iterable<Buffer>,
): Promise<void> {
  await db.query(`CREATE TEMP TABLE IF NOT EXISTS staged_${table} (LIKE ${table}) ON COMMIT DELETE ROWS`);
  // The planner knows nothing of the staged rows; what it must never do is read the whole day for them.
  await db.query("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
  await copyRows(db, `staged_${table} (${columns})`, chunks);
}

function* lastOrderChunks(date: string, refs: OrderRefs, blocks: readonly number[]): Generator<Buffer> {
  const rows = new BinaryRows();
  const day = dayNumber(date);
  yield COPY_HEADER;
  for (let place = 0; place < refs.length; place++) {
    const { orders, firstSeq } = refs.sourceAt(place);
    const index = refs.indexAt(place);
    const { arrays } = orders;
    rows.row(12);
    rows.date(day);
    rows.int64(arrays.userIds[index * 2] as number, arrays.userIds[index * 2 + 1] as number);
    rows.whole(arrays.gmtModified[index] as number);
    putText(rows, arrays, index, ORDER_NO);
    putText(rows, arrays, index, ORDER_TYPE);
    rows.whole(arrays.payTime[index] as number);
    rows.fen(arrays.orderPrice[index * 2] as number, arrays.orderPrice[index * 2 + 1] as number);
    rows.fen(arrays.payable[index * 2] as number, arrays.payable[index * 2 + 1] as number);
    rows.whole(arrays.gmtCreated[index] as number);
    rows.whole(Number(firstSeq) + index);
    rows.whole(blocks[Math.floor(place / BLOCK_ROWS)] as number);
    rows.small(place % BLOCK_ROWS);
    if (rows.size >= CHUNK) yield rows.take();
  }
  yield rows.take();
  yield COPY_TRAILER;
}

function* grossOrderChunks(date: string, refs: OrderRefs): Generator<Buffer> {
  const rows = new BinaryRows();
  const day = dayNumber(date);
  yield COPY_HEADER;
  for (let place = 0; place < refs.length; place++) {
    const { arrays } = refs.sourceAt(place).orders;
    const index = refs.indexAt(place);
    rows.row(5);
    rows.date(day);
    putText(rows, arrays, index, ORDER_NO);
    rows.whole(arrays.gmtModified[index] as number);
    rows.fen(arrays.payable[index * 2] as number, arrays.payable[index * 2 + 1] as number);
    rows.int64(arrays.userIds[index * 2] as number, arrays.userIds[index * 2 + 1] as number);
    if (rows.size >= CHUNK) yield rows.take();
  }
  yield rows.take();
  yield COPY_TRAILER;
}

function putText(rows: BinaryRows, arrays: OrderArrays, index: number, text: number): void {
  const length = arrays.textLengths[index * TEXTS + text] as number;
  if (length === NO_TEXT) {
    rows.null();
    return;
  }
  const start = startOfText(arrays, index, text);
  rows.bytes(arrays.bytes, start, start + length);
}
