import type pg from "pg";
import type { OrderEvent } from "../contracts/events.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import type { Vault } from "../lib/vault.ts";
import { plainArray } from "./plain-array.ts";

type Queryable = Pick<pg.ClientBase, "query">;

const PURPOSE = "last_order.personal";

/** A last order, as the state table keeps it. */
export interface LastOrderRow {
  readonly bizDate: string;
  readonly event: OrderEvent;
  readonly seq: bigint;
}

/** The standing version of an order number. */
export interface GrossOrderRow {
  readonly bizDate: string;
  readonly orderNo: string;
  readonly gmtModified: number;
  readonly payable: bigint | null;
  readonly userId: string;
}

/** Name, telephone and certificate number as they lie sealed in last_order.personal. */
interface PersonalData {
  readonly n: string | null;
  readonly t: string | null;
  readonly c: string | null;
}

/** @returns null when there is nothing to seal */
export function sealPersonal(
  {
    customerName,
    customerTel,
    certificateNo,
  }: Pick<OrderEvent, "customerName" | "customerTel" | "certificateNo">,
  vault: Vault,
): Buffer | null {
  if (customerName === null && customerTel === null && certificateNo === null) return null;
  const personal: PersonalData = { n: customerName, t: customerTel, c: certificateNo };
  return vault.seal(Buffer.from(JSON.stringify(personal)), PURPOSE);
}

export function openPersonal(sealed: Uint8Array | null, vault: Vault): PersonalData {
  if (sealed === null) return { n: null, t: null, c: null };
  return JSON.parse(vault.open(sealed, PURPOSE).toString("utf8")) as PersonalData;
}

const fenText = (fen: bigint | null): string | null => (fen === null ? null : formatFen(fen));
const toFen = (text: string | null): bigint | null => (text === null ? null : parseFen(text));
const toTime = (text: string | null): number | null => (text === null ? null : Number(text));

/**
 * Writes last orders behind. Guarded by the columns of rule O2 that are in clear: an older row never overwrites a newer
 * one, whatever the order of writing.
 */
export async function writeLastOrders(
  db: Queryable,
  rows: readonly LastOrderRow[],
  vault: Vault,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO last_order AS standing (biz_date, user_id, gmt_modified, order_no, order_type, pay_time, order_price,
       payable, gmt_created, personal, seq)
     SELECT * FROM unnest($1::date[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
       $7::numeric[], $8::numeric[], $9::bigint[], $10::bytea[], $11::bigint[])
     ON CONFLICT (biz_date, user_id) DO UPDATE SET gmt_modified = excluded.gmt_modified,
       order_no = excluded.order_no, order_type = excluded.order_type, pay_time = excluded.pay_time,
       order_price = excluded.order_price, payable = excluded.payable, gmt_created = excluded.gmt_created,
       personal = excluded.personal, seq = excluded.seq
     WHERE (excluded.gmt_modified, excluded.order_no COLLATE "C", coalesce(excluded.payable, '-Infinity'))
        >= (standing.gmt_modified, standing.order_no COLLATE "C", coalesce(standing.payable, '-Infinity'))`,
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
      rows.map((row) => sealPersonal(row.event, vault)),
      plainArray(rows.map((row) => row.seq)),
    ],
  );
}

/** Writes gross orders behind, guarded by the columns of rule O7. */
export async function writeGrossOrders(db: Queryable, rows: readonly GrossOrderRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO gross_order AS standing (biz_date, order_no, gmt_modified, payable, user_id)
     SELECT * FROM unnest($1::date[], $2::text[], $3::bigint[], $4::numeric[], $5::bigint[])
     ON CONFLICT (biz_date, order_no) DO UPDATE SET gmt_modified = excluded.gmt_modified,
       payable = excluded.payable, user_id = excluded.user_id
     WHERE (excluded.gmt_modified, coalesce(excluded.payable, '-Infinity'), excluded.user_id)
        >= (standing.gmt_modified, coalesce(standing.payable, '-Infinity'), standing.user_id)`,
    [
      plainArray(rows.map((row) => row.bizDate)),
      rows.map((row) => row.orderNo),
      plainArray(rows.map((row) => row.gmtModified)),
      plainArray(rows.map((row) => fenText(row.payable))),
      plainArray(rows.map((row) => row.userId)),
    ],
  );
}

/** All last orders of a business date. */
export async function readLastOrders(db: Queryable, date: string, vault: Vault): Promise<LastOrderRow[]> {
  const { rows } = await db.query<Record<string, string | null> & { personal: Buffer | null }>(
    `SELECT user_id, gmt_modified, order_no, order_type, pay_time, order_price, payable, gmt_created, personal, seq
     FROM last_order WHERE biz_date = $1`,
    [date],
  );
  return rows.map((row) => {
    const personal = openPersonal(row.personal, vault);
    return {
      bizDate: date,
      seq: BigInt(row.seq ?? 0),
      event: {
        userId: String(row.user_id),
        orderNo: String(row.order_no),
        gmtModified: Number(row.gmt_modified),
        payable: toFen(row.payable ?? null),
        customerTel: personal.t,
        orderType: row.order_type ?? null,
        payTime: toTime(row.pay_time ?? null),
        orderPrice: toFen(row.order_price ?? null),
        customerName: personal.n,
        certificateNo: personal.c,
        gmtCreated: toTime(row.gmt_created ?? null),
      },
    };
  });
}

/** All gross orders of a business date. */
export async function readGrossOrders(db: Queryable, date: string): Promise<GrossOrderRow[]> {
  const { rows } = await db.query<{
    order_no: string;
    gmt_modified: string;
    payable: string | null;
    user_id: string;
  }>("SELECT order_no, gmt_modified, payable, user_id FROM gross_order WHERE biz_date = $1", [date]);
  return rows.map((row) => ({
    bizDate: date,
    orderNo: row.order_no,
    gmtModified: Number(row.gmt_modified),
    payable: toFen(row.payable),
    userId: row.user_id,
  }));
}
