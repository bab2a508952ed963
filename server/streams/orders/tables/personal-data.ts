import type { OrderEvent } from "#server/contracts/events.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import { BLOCK_PURPOSE, textsAt } from "./personal-blocks.ts";

const PURPOSE = "last_order.personal";

/** What of an order may tell who somebody is. */
export type PersonalData = Pick<OrderEvent, "customerName" | "customerTel" | "certificateNo">;

/** Of an order that tells of nobody. */
export const NO_PERSONAL_DATA: PersonalData = { customerName: null, customerTel: null, certificateNo: null };

/** Where a row's personal data lie: sealed alone, or in a block; null of all: the order had none. */
export interface SealedPersonalData {
  readonly personal: Buffer | null;
  readonly block: Buffer | null;
  readonly place: number | null;
}

/** Columns of SealedPersonalData, from the table that SEALED_FROM names. */
export const SEALED_COLUMNS = "l.personal, b.sealed AS block, l.personal_place AS place";
/** Last orders `l` with their blocks; the blocks first, as the tables are locked everywhere. */
export const SEALED_FROM =
  "personal_block b RIGHT JOIN last_order l ON b.biz_date = l.biz_date AND b.id = l.personal_block";

interface Row {
  readonly n: string | null;
  readonly t: string | null;
  readonly c: string | null;
}

/** Of a row that is written alone. @returns null when there is nothing to seal */
export function sealPersonal(data: PersonalData, cipher: FieldCipher): Buffer | null {
  const row: Row = { n: data.customerName, t: data.customerTel, c: data.certificateNo };
  if (row.n === null && row.t === null && row.c === null) return null;
  return cipher.seal(Buffer.from(JSON.stringify(row)), PURPOSE);
}

export function openPersonal(
  { personal, block, place }: SealedPersonalData,
  cipher: FieldCipher,
): PersonalData {
  if (block !== null && place !== null) {
    const [customerTel, customerName, certificateNo] = textsAt(cipher.open(block, BLOCK_PURPOSE), place);
    return { customerTel, customerName, certificateNo };
  }
  if (personal === null) return NO_PERSONAL_DATA;
  const { n, t, c } = JSON.parse(cipher.open(personal, PURPOSE).toString("utf8")) as Row;
  return { customerName: n, customerTel: t, certificateNo: c };
}
