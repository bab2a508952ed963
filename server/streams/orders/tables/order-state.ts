import pg from "pg";
import type { OrderEvent } from "#server/contracts/events.ts";
import { formatFen } from "#server/contracts/money.ts";
import { type CopiedRows, readCopied } from "#server/db/copied-rows.ts";
import { plainArray } from "#server/db/plain-array.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { sealPersonal } from "./personal-data.ts";

/** A last order, as the state table keeps it. */
export interface LastOrderRow {
  readonly bizDate: string;
  readonly event: OrderEvent;
  readonly seq: bigint;
}

/** The current version of an order number. */
export interface GrossOrderRow {
  readonly bizDate: string;
  readonly orderNo: string;
  readonly gmtModified: number;
  readonly payable: bigint | null;
  readonly userId: string;
}

const fenText = (fen: bigint | null): string | null => (fen === null ? null : formatFen(fen));

/**
 * Writes last orders behind. Guarded by the columns of rule O2 that are in clear: an older row never overwrites a newer
 * one, whatever the order of writing.
 */
export async function writeLastOrders(
  db: Queryable,
  rows: readonly LastOrderRow[],
  cipher: FieldCipher,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO last_order AS kept (biz_date, user_id, gmt_modified, order_no, order_type, pay_time, order_price,
       payable, gmt_created, personal, seq)
     SELECT * FROM unnest($1::date[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
       $7::numeric[], $8::numeric[], $9::bigint[], $10::bytea[], $11::bigint[])
     ON CONFLICT (biz_date, user_id) DO UPDATE SET gmt_modified = excluded.gmt_modified,
       order_no = excluded.order_no, order_type = excluded.order_type, pay_time = excluded.pay_time,
       order_price = excluded.order_price, payable = excluded.payable, gmt_created = excluded.gmt_created,
       personal = excluded.personal, personal_block = NULL, personal_place = NULL, seq = excluded.seq
     WHERE (excluded.gmt_modified, excluded.order_no COLLATE "C", coalesce(excluded.payable, '-Infinity'))
        >= (kept.gmt_modified, kept.order_no COLLATE "C", coalesce(kept.payable, '-Infinity'))`,
    [
      plainArray(rows.map((row) => row.bizDate)),
      plainArray(rows.map((row) => row.event.userId)),
      plainArray(rows.map((row) => row.event.gmtModified)),
      rows.map((row) => row.event.orderNo),
      rows.map((row) => row.event.orderType),
      plainArray(rows.map((row) => row.event.payTime)),
      plainArray(rows.map((row) => fenText(row.event.orderPrice))),
      plainArray(rows.map((row) => fenText(row.event.payable))),
      plainArray(rows.map((row) => row.event.gmtCreated)),
      rows.map((row) => sealPersonal(row.event, cipher)),
      plainArray(rows.map((row) => row.seq)),
    ],
  );
}

/** Writes gross orders behind, guarded by the columns of rule O7. */
export async function writeGrossOrders(db: Queryable, rows: readonly GrossOrderRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO gross_order AS kept (biz_date, order_no, gmt_modified, payable, user_id)
     SELECT * FROM unnest($1::date[], $2::text[], $3::bigint[], $4::numeric[], $5::bigint[])
     ON CONFLICT (biz_date, order_no) DO UPDATE SET gmt_modified = excluded.gmt_modified,
       payable = excluded.payable, user_id = excluded.user_id
     WHERE (excluded.gmt_modified, coalesce(excluded.payable, '-Infinity'), excluded.user_id)
        >= (kept.gmt_modified, coalesce(kept.payable, '-Infinity'), kept.user_id)`,
    [
      plainArray(rows.map((row) => row.bizDate)),
      rows.map((row) => row.orderNo),
      plainArray(rows.map((row) => row.gmtModified)),
      plainArray(rows.map((row) => fenText(row.payable))),
      plainArray(rows.map((row) => row.userId)),
    ],
  );
}

/** Columns of stored orders as they are read; those after PAYABLE are last orders' only. */
export const [USER, GMT_MODIFIED, ORDER_NO, PAYABLE, PERSONAL, BLOCK, PLACE] = [0, 1, 2, 3, 4, 5, 6] as const;
/** Of USER to PAYABLE, which is in fen. */
const STORED = "user_id, gmt_modified, order_no, (payable * 100)::bigint";

/** Reads the last orders of a business date as they come. @param capacity of a step, see readCopied */
export function readLastOrders(
  db: pg.ClientBase,
  date: string,
  capacity: number,
): AsyncGenerator<CopiedRows> {
  const query = `SELECT ${STORED}, personal, personal_block, personal_place::bigint
    FROM last_order WHERE biz_date = ${pg.escapeLiteral(date)}`;
  return readCopied(db, query, PLACE + 1, capacity);
}

/** Reads the gross orders of a business date as they come. @param capacity of a step, see readCopied */
export function readGrossOrders(
  db: pg.ClientBase,
  date: string,
  capacity: number,
): AsyncGenerator<CopiedRows> {
  const query = `SELECT ${STORED} FROM gross_order WHERE biz_date = ${pg.escapeLiteral(date)}`;
  return readCopied(db, query, PAYABLE + 1, capacity);
}
