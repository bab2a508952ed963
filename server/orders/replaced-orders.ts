import type { Context } from "../context.ts";
import type { Replaced, ReplacedOrder } from "../contracts/api/orders.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { readSnapshot } from "../db/read-snapshot.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { requireOrders } from "./require-kept.ts";

interface Row {
  readonly counted_in: "gross" | "last";
  readonly order_no: string;
  readonly user_id: string;
  readonly payable: string | null;
  readonly at: string;
  readonly by_order_no: string | null;
  readonly by_user_id: string | null;
  readonly by_payable: string | null;
  readonly by_at: string | null;
}

// Each order of the day in the one figure that has no equal in the other, beside what stands there instead.
const DIFFERENCE = `
  WITH difference AS (
    SELECT 'gross' AS counted_in, g.order_no, g.user_id, g.payable, g.gmt_modified AS at,
      l.order_no AS by_order_no, l.user_id AS by_user_id, l.payable AS by_payable, l.gmt_modified AS by_at
    FROM gross_order g LEFT JOIN last_order l ON l.biz_date = g.biz_date AND l.user_id = g.user_id
    WHERE g.biz_date = $1
      AND (l.order_no, l.gmt_modified, l.payable) IS DISTINCT FROM (g.order_no, g.gmt_modified, g.payable)
    UNION ALL
    SELECT 'last', l.order_no, l.user_id, l.payable, l.gmt_modified,
      g.order_no, g.user_id, g.payable, g.gmt_modified
    FROM last_order l LEFT JOIN gross_order g ON g.biz_date = l.biz_date AND g.order_no = l.order_no
    WHERE l.biz_date = $1
      AND (g.user_id, g.gmt_modified, g.payable) IS DISTINCT FROM (l.user_id, l.gmt_modified, l.payable)
  )`;

const PAGE = `${DIFFERENCE}
  SELECT * FROM difference
  WHERE $2::bigint IS NULL OR (at, order_no COLLATE "C", user_id) < ($2, $3, $4::bigint)
  ORDER BY at DESC, order_no COLLATE "C" DESC, user_id DESC LIMIT $5`;

const SUMS = `${DIFFERENCE}
  SELECT counted_in, count(*)::int AS count, coalesce(sum(payable), 0) AS premium FROM difference GROUP BY 1`;

/** The difference between gross and last-order premium of a day, order by order (rule O7). @throws {Gone} its orders are not kept any more */
export async function replacedOrders(
  ctx: Pick<Context, "pool" | "epoch" | "time">,
  query: { readonly date: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<Replaced> {
  const [at, orderNo, userId] = decodeCursor(query.cursor, ["integer", "text", "integer"]) ?? [
    null,
    null,
    null,
  ];
  const { value } = await readSnapshot(ctx, async (db) => ({
    page: await db.query<Row>(PAGE, [query.date, at, orderNo, userId, query.limit + 1]),
    sums: await db.query<{ counted_in: string; count: number; premium: string }>(SUMS, [query.date]),
  }));
  await requireOrders(ctx.pool, query.date);
  const sumOf = (side: string) => {
    const found = value.sums.rows.find((row) => row.counted_in === side);
    return { count: found?.count ?? 0, premium: money(found?.premium ?? "0") ?? "0.00" };
  };
  const page = cutPage(value.page.rows, query.limit, (row) => [row.at, row.order_no, row.user_id]);
  return {
    items: page.items.map((row) => itemOf(row, ctx.time)),
    nextCursor: page.nextCursor,
    inGrossOnly: sumOf("gross"),
    inLastOnly: sumOf("last"),
  };
}

const money = (text: string | null) => (text === null ? null : formatFen(parseFen(text) ?? 0n));

function itemOf(row: Row, time: BusinessTime): ReplacedOrder {
  const placed = (at: string) => ({
    bizHour: time.hourOf(Number(at)),
    at: new Date(Number(at)).toISOString(),
  });
  const { by_order_no: orderNo, by_user_id: userId, by_at: at } = row;
  const stands = orderNo !== null && userId !== null && at !== null;
  return {
    countedIn: row.counted_in,
    orderNo: row.order_no,
    userId: row.user_id,
    payable: money(row.payable),
    ...placed(row.at),
    replacedBy: stands ? { orderNo, userId, payable: money(row.by_payable), ...placed(at) } : null,
  };
}
