import { setImmediate as breathe } from "node:timers/promises";
import type pg from "pg";
import type { HourCauseItem } from "../contracts/api/orders.ts";
import { dateOfHour } from "../contracts/business-time.ts";
import { formatFen } from "../contracts/money.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { PlacedOrder } from "../pipeline/hour-causes.ts";
import { type HourCause, HourCauses } from "../pipeline/hour-causes.ts";
import type { Runtime } from "../runtime.ts";
import { readDayOrders } from "../store/log.ts";
import { cutPage, decodeCursor } from "./cursor.ts";
import { newestOrdersOf } from "./newest-orders-of.ts";
import { requireLog } from "./require-kept.ts";
import { spanOfHour } from "./span-of-hour.ts";

type Needs = Pick<Runtime, "pool" | "vault" | "time">;

interface Kept {
  /** How far the log had come. */
  readonly newest: string;
  /** Newest first. */
  readonly causes: Promise<readonly HourCause[]>;
}

const KEPT_HOURS = 8;
/** Orders between two pauses: other requests get their turn. */
const SLICE = 20_000;
const keptBy = new WeakMap<pg.Pool, Map<string, Kept>>();

/**
 * What moved a business hour (rule O8), newest first, from the log.
 * @throws {InvalidInput} there is no such hour
 * @throws {Gone} the log of its day is not kept any more
 */
export async function hourCauses(
  rt: Needs,
  bizHour: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: HourCauseItem[]; nextCursor: string | null }> {
  if (!spanOfHour(bizHour, rt.time)) {
    throw new InvalidInput(`There is no business hour ${bizHour}: write yyyyMMddHH.`);
  }
  const [before = null] = decodeCursor(cursor, ["integer"]) ?? [];
  const causes = await causesOf(rt, bizHour);
  const from = before === null ? 0 : causes.findIndex(({ seq }) => seq < BigInt(before));
  const rows = from < 0 ? [] : causes.slice(from, from + limit + 1);
  const page = cutPage(rows, limit, (cause) => [String(cause.seq)]);
  return { ...page, items: page.items.map(itemOf) };
}

/** Walked once, and anew when the day has had orders since. */
async function causesOf(rt: Needs, bizHour: string): Promise<readonly HourCause[]> {
  const newest = await newestOrdersOf(rt, dateOfHour(bizHour));
  if (newest === null) await requireLog(rt.pool, dateOfHour(bizHour));
  if (newest === null) return [];
  const kept = keptBy.get(rt.pool) ?? new Map<string, Kept>();
  keptBy.set(rt.pool, kept);
  const known = kept.get(bizHour);
  if (known?.newest === newest) return known.causes;
  const causes = walk(rt, bizHour);
  kept.delete(bizHour);
  kept.set(bizHour, { newest, causes });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_HOURS) break;
    kept.delete(oldest);
  }
  causes.catch(() => kept.delete(bizHour)); // the caller hears the error; the next one tries again
  return causes;
}

async function walk({ pool, vault, time }: Needs, bizHour: string): Promise<readonly HourCause[]> {
  const walked = new HourCauses(bizHour);
  let count = 0;
  for await (const { event, seq } of readDayOrders(pool, vault, time, dateOfHour(bizHour))) {
    walked.add({ event, seq, bizHour: time.hourOf(event.gmtModified) });
    count += 1;
    if (count % SLICE === 0) await breathe();
  }
  await requireLog(pool, dateOfHour(bizHour));
  return walked.causes.reverse();
}

function itemOf({ kind, order, other, seq }: HourCause): HourCauseItem {
  return {
    kind,
    userId: order.event.userId,
    ...partOf(order),
    other: other && { ...partOf(other), bizHour: other.bizHour },
    seq: String(seq),
  };
}

const partOf = ({ event }: PlacedOrder) => ({
  orderNo: event.orderNo,
  payable: event.payable === null ? null : formatFen(event.payable),
  at: new Date(event.gmtModified).toISOString(),
});
