import type { Context } from "../context.ts";
import type { HourChange, HourChanges } from "../contracts/api/orders.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import { formatFen, parseFen } from "../contracts/money.ts";
import { type CsvColumn, csvHeader, csvLines } from "../lib/csv-out.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { HourCause } from "../streams/orders/operator/hour-causes.ts";
import { readHourCauses } from "../streams/orders/tables/write-hour-causes.ts";
import { causeItemOf } from "./hour-causes.ts";
import { keptOf, requireOrders } from "./require-kept.ts";
import { spanOfHour } from "./span-of-hour.ts";

type Needs = Pick<Context, "pool" | "cipher" | "time" | "now">;

/** Commits that are looked through, and changes that are told, at most. */
const MOST_COMMITS = 5_000;
const MOST_CHANGES = 2_000;

/**
 * What has changed a business hour since it was over, or since it began if it still runs (rule O8), newest first: the amount that each
 * change made, so that the amount then and all of them are the amount now.
 * @throws {InvalidInput} there is no such hour
 * @throws {Gone} what tells it is not kept any more
 */
export async function hourChanges(ctx: Needs, bizHour: string): Promise<HourChanges> {
  const span = spanOfHour(bizHour, ctx.time);
  if (!span) throw new InvalidInput(`There is no business hour ${bizHour}: write yyyyMMddHH.`);
  await requireOrders(ctx.pool, dateOfHour(bizHour));
  const isOver = span.end <= ctx.now();
  const since = isOver ? span.end : span.start;
  const { items, isCut } = await changesSince(ctx, bizHour, since);
  const now = await premiumOf(ctx, bizHour);
  const changed = items.reduce((sum, { amount }) => sum + (parseFen(amount) ?? 0n), 0n);
  const count = (kind: HourChange["kind"]) => items.filter((item) => item.kind === kind).length;
  return {
    bizHour,
    isOver,
    since: new Date(since).toISOString(),
    before: isCut ? null : formatFen(now - changed),
    now: formatFen(now),
    counts: { joined: count("joined"), amended: count("amended"), left: count("left") },
    isCut,
    items,
  };
}

async function changesSince(ctx: Needs, bizHour: string, since: number) {
  const accepted = await acceptedSince(ctx, bizHour, since);
  const oldest = Math.min(...accepted.keys());
  const items: HourChange[] = [];
  for await (const { position, causes } of readHourCauses(
    ctx.pool,
    ctx.cipher,
    bizHour,
    Number.MAX_SAFE_INTEGER,
  )) {
    if (position < oldest) break;
    const at = accepted.get(position);
    if (at === undefined) continue;
    for (const cause of causes.toReversed()) {
      if (items.length === MOST_CHANGES) return { items, isCut: true };
      items.push(changeOf(cause, at, ctx));
    }
  }
  return { items, isCut: accepted.size === MOST_COMMITS };
}

/**
 * The commits that changed the hour since then, and when each was accepted. One without a log row of its own took in late orders: that
 * comes after everything else, so its time is not known and not needed.
 */
async function acceptedSince(
  ctx: Needs,
  bizHour: string,
  since: number,
): Promise<Map<number, number | null>> {
  const { rows } = await ctx.pool.query<{ position: string; accepted_at: string | null }>(
    `SELECT c.position, e.accepted_at FROM hour_cause c
       LEFT JOIN event_log e ON e.position = c.position AND e.stream = 'orders'
     WHERE c.biz_date = $1 AND c.biz_hour = $2 AND (e.accepted_at >= $3 OR e.accepted_at IS NULL)
     ORDER BY c.position DESC LIMIT ${MOST_COMMITS}`,
    [dateOfHour(bizHour), bizHour, since],
  );
  const { log } = await keptOf(ctx.pool, dateOfHour(bizHour));
  const known = log ? rows : rows.filter((row) => row.accepted_at !== null);
  return new Map(
    known.map((row) => [Number(row.position), row.accepted_at === null ? null : Number(row.accepted_at)]),
  );
}

function changeOf(cause: HourCause, acceptedAt: number | null, { time }: Needs): HourChange {
  return {
    ...causeItemOf(cause, time),
    amount: formatFen(amountOf(cause)),
    acceptedAt: acceptedAt === null ? null : new Date(acceptedAt).toISOString(),
  };
}

/** What it did to the hour's premium, fen. */
function amountOf({ kind, order, other }: HourCause): bigint {
  const payable = order.payable ?? 0n;
  if (kind === "left") return -payable;
  return kind === "amended" ? payable - (other?.payable ?? 0n) : payable;
}

async function premiumOf({ pool }: Needs, bizHour: string): Promise<bigint> {
  const { rows } = await pool.query<{ total_premium: string }>(
    "SELECT total_premium FROM hour_figure WHERE biz_hour = $1",
    [bizHour],
  );
  return parseFen(rows[0]?.total_premium ?? "0") ?? 0n;
}

const COLUMNS: readonly CsvColumn<HourChange>[] = [
  { name: "amount", of: ({ amount }) => amount },
  { name: "change", of: ({ kind }) => kind },
  { name: "user_id", of: ({ userId }) => userId },
  { name: "order_no", of: ({ orderNo }) => orderNo, isText: true },
  { name: "payable", of: ({ payable }) => payable },
  { name: "order_time", of: ({ at }) => at },
  { name: "other_order_no", of: ({ other }) => other?.orderNo, isText: true },
  { name: "other_payable", of: ({ other }) => other?.payable },
  { name: "other_hour", of: ({ other }) => other?.bizHour },
  { name: "accepted_at", of: ({ acceptedAt }) => acceptedAt },
];

/** The same as a table. */
export async function hourChangesCsv(ctx: Needs, bizHour: string): Promise<string> {
  const { items } = await hourChanges(ctx, bizHour);
  return csvHeader(COLUMNS) + csvLines(COLUMNS, items);
}
