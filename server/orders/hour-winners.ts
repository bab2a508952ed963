import { type DataScope, scopeCondition } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import type { Winner } from "../contracts/api/orders.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { maskCertificate, maskName, maskTelephone } from "../lib/mask.ts";
import {
  NO_PERSONAL_DATA,
  openPersonal,
  SEALED_COLUMNS,
  SEALED_FROM,
  type SealedPersonalData,
} from "../streams/orders/tables/personal-data.ts";
import { requireOrders } from "./require-kept.ts";
import { spanOfHour } from "./span-of-hour.ts";

interface Row extends SealedPersonalData {
  readonly user_id: string;
  readonly order_no: string;
  readonly order_type: string | null;
  readonly payable: string | null;
  readonly gmt_modified: string;
  /** The reader may see whose order it is. */
  readonly is_in_scope: boolean;
}

/**
 * The last orders that make up a business hour, newest first; personal data masked, and left out of customers outside of the scope: the
 * orders are the company's (docs/decisions/0034-orders-are-the-companys.md).
 * @throws {Gone} they are not kept any more
 */
export async function hourWinners(
  ctx: Pick<Context, "pool" | "cipher" | "time">,
  bizHour: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  scope: DataScope,
): Promise<{ items: Winner[]; nextCursor: string | null }> {
  const span = spanOfHour(bizHour, ctx.time);
  if (!span) throw new InvalidInput(`There is no business hour ${bizHour}: write yyyyMMddHH.`);
  const [time, userId] = decodeCursor(cursor, ["integer", "integer"]) ?? [span.end, "0"];
  const values: unknown[] = [dateOfHour(bizHour), span.start, span.end, time, userId, limit + 1];
  const [isInScope = "true"] = scopeCondition(scope, "l.user_id", (value) => `$${values.push(value)}`);
  const { rows } = await ctx.pool.query<Row>(
    `SELECT l.user_id, l.order_no, l.order_type, l.payable, l.gmt_modified, ${isInScope} AS is_in_scope, ${SEALED_COLUMNS}
     FROM ${SEALED_FROM}
     WHERE l.biz_date = $1 AND l.gmt_modified >= $2 AND l.gmt_modified < $3
       AND (l.gmt_modified, l.user_id) < ($4::bigint, $5::bigint)
     ORDER BY l.gmt_modified DESC, l.user_id DESC LIMIT $6`,
    values,
  );
  if (rows.length === 0) await requireOrders(ctx.pool, dateOfHour(bizHour));
  const page = cutPage(rows, limit, (row) => [row.gmt_modified, row.user_id]);
  return { ...page, items: page.items.map((row) => winnerOf(row, ctx.cipher)) };
}

function winnerOf(row: Row, cipher: FieldCipher): Winner {
  const personal = row.is_in_scope ? openPersonal(row, cipher) : NO_PERSONAL_DATA;
  return {
    userId: row.user_id,
    orderNo: row.order_no,
    orderType: row.order_type,
    payable: row.payable === null ? null : formatFen(parseFen(row.payable) ?? 0n),
    at: new Date(Number(row.gmt_modified)).toISOString(),
    customerName: maskName(personal.customerName),
    customerTel: maskTelephone(personal.customerTel),
    certificateNo: maskCertificate(personal.certificateNo),
  };
}
