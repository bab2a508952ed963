import type { Context } from "../context.ts";
import type { HourCauseItem } from "../contracts/api/orders.ts";
import { type BusinessTime, dateOfHour } from "../contracts/business-time.ts";
import { formatFen } from "../contracts/money.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { CausingOrder, HourCause } from "../streams/orders/operator/hour-causes.ts";
import { readHourCauses } from "../streams/orders/tables/write-hour-causes.ts";
import { requireOrders } from "./require-kept.ts";
import { spanOfHour } from "./span-of-hour.ts";

type Needs = Pick<Context, "pool" | "cipher" | "time">;

/** A cause with its place: after the commit, the number within it. */
interface PlacedCause {
  readonly cause: HourCause;
  readonly position: number;
  readonly index: number;
}

/**
 * What moved a business hour (rule O8), newest first, as each commit kept it.
 * @throws {InvalidInput} there is no such hour
 * @throws {Gone} what tells it is not kept any more
 */
export async function hourCauses(
  ctx: Needs,
  bizHour: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: HourCauseItem[]; nextCursor: string | null }> {
  if (!spanOfHour(bizHour, ctx.time)) {
    throw new InvalidInput(`There is no business hour ${bizHour}: write yyyyMMddHH.`);
  }
  const [position, index] = decodeCursor(cursor, ["count", "count"]) ?? [null, null];
  const before = position === null ? null : { position: Number(position), index: Number(index) };
  const rows = await readKept(ctx, bizHour, before, limit + 1);
  const page = cutPage(rows, limit, (row) => [String(row.position), String(row.index)]);
  return { ...page, items: page.items.map(({ cause }) => causeItemOf(cause, ctx.time)) };
}

type Before = Pick<PlacedCause, "position" | "index"> | null;

async function readKept(ctx: Needs, bizHour: string, before: Before, limit: number): Promise<PlacedCause[]> {
  const found: PlacedCause[] = [];
  const from = before ? before.position + 1 : Number.MAX_SAFE_INTEGER;
  for await (const { position, causes } of readHourCauses(ctx.pool, ctx.cipher, bizHour, from)) {
    const isCut = before?.position === position;
    const unseen = isCut ? causes.slice(0, before.index) : causes;
    for (let index = unseen.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const cause = unseen[index];
      if (cause) found.push({ cause, position, index });
    }
    if (found.length >= limit) break;
  }
  if (found.length === 0) await requireOrders(ctx.pool, dateOfHour(bizHour));
  return found;
}

/** A cause as answers carry it. */
export function causeItemOf(
  { kind, userId, order, other, seq }: HourCause,
  time: BusinessTime,
): HourCauseItem {
  return {
    kind,
    userId,
    ...partOf(order),
    other: other && { ...partOf(other), bizHour: time.hourOf(other.at) },
    seq: String(seq),
  };
}

const partOf = ({ orderNo, payable, at }: CausingOrder) => ({
  orderNo,
  payable: payable === null ? null : formatFen(payable),
  at: new Date(at).toISOString(),
});
