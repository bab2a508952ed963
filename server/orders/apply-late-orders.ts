import type pg from "pg";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { DayRevisions } from "../contracts/api/days.ts";
import type { Committed } from "../contracts/committed.ts";
import { recordAct } from "../db/audit.ts";
import { commitAt } from "../db/commit-feed.ts";
import { Conflict, InvalidInput } from "../lib/errors.ts";
import { applyLate, type LateOutcome } from "../streams/orders/operator/apply-late.ts";
import { readLateOrders, takeLateIn } from "../streams/orders/tables/late-orders.ts";
import { loadDay } from "../streams/orders/tables/load-day.ts";
import { writeRevision } from "../streams/orders/tables/order-days.ts";
import { writeGrossOrders, writeLastOrders } from "../streams/orders/tables/order-state.ts";
import { writeHourCauses } from "../streams/orders/tables/write-hour-causes.ts";
import { writeHours } from "../streams/orders/tables/write-hour-figures.ts";
import { dayRevisions } from "./day-revisions.ts";
import { requireCovered } from "./require-covered.ts";
import { requireOrders } from "./require-kept.ts";

type Needs = Pick<Context, "pool" | "time" | "cipher" | "now" | "publish">;

/** Rows per statement. */
const CHUNK = 5_000;

/**
 * Takes a closed day's late orders in: the next revision, with who, when and why (rule O6). The writer takes nothing for
 * a closed day, so its rows are changed here without it.
 * @param seen the revision that the administrator saw
 * @throws {InvalidInput} the day is open, or has no late orders
 * @throws {Conflict} somebody was faster
 * @throws {Gone} the day's orders are not kept any more
 * @throws {Unavailable} the day's rows are still being written behind
 */
export async function applyLateOrders(
  ctx: Needs,
  actor: Actor,
  { date, seen, reason }: { readonly date: string; readonly seen: number; readonly reason: string },
): Promise<DayRevisions> {
  const client = await ctx.pool.connect();
  let committed: Committed | null;
  try {
    await client.query("BEGIN");
    committed = await revise(client, ctx, actor, { date, seen, reason });
    await client.query(committed ? "COMMIT" : "ROLLBACK");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  } finally {
    client.release();
  }
  const current = await dayRevisions(ctx, date);
  if (!committed) throw new Conflict("Somebody revised this day after you saw it.", current);
  ctx.publish(committed);
  return current;
}

/** @returns null when the day stands at another revision than the one seen */
async function revise(
  db: pg.PoolClient,
  { time, cipher, now }: Needs,
  actor: Actor,
  { date, seen, reason }: { readonly date: string; readonly seen: number; readonly reason: string },
): Promise<Committed | null> {
  const { rows } = await db.query<{ revision: number }>(
    "SELECT revision FROM order_day WHERE biz_date = $1 FOR UPDATE",
    [date],
  );
  const currentRevision = rows[0]?.revision ?? 0;
  if (currentRevision === 0)
    throw new InvalidInput("This day is open: its late orders can be applied once it has closed.");
  if (currentRevision !== seen) return null;
  await requireOrders(db, date);
  await requireCovered(db, time, date);
  const late = await readLateOrders(db, cipher, date);
  if (late.orders.length === 0) throw new InvalidInput("This day has no late orders.");
  const outcome = applyLate(await loadDay(db, date, time, cipher), late.orders, time);
  await writeRows(db, date, outcome, cipher);
  const revision = currentRevision + 1;
  await takeLateIn(db, date, late.positions, revision);
  await db.query("UPDATE order_day SET revision = $2 WHERE biz_date = $1", [date, revision]);
  await recordAct(db, {
    actor: actor.id,
    action: "orders.revise",
    subject: `business day ${date}`,
    details: { revision, reason, lateEvents: late.orders.length },
  });
  const note = { revision, at: new Date(now()), actor: actor.id, reason, lateEvents: late.orders.length };
  return commitAt(db, async (position) => {
    const hours = outcome.hours.map(({ after }) => after);
    await writeHours(db, position, hours);
    await writeHourCauses(db, position, outcome.causes.byHour, false);
    await writeRevision(db, date, { ...note, position });
    return { hours, days: [{ date, revision }] };
  });
}

async function writeRows(
  db: pg.PoolClient,
  date: string,
  { winners, gross }: LateOutcome,
  cipher: Needs["cipher"],
): Promise<void> {
  for (let start = 0; start < winners.length; start += CHUNK) {
    const rows = winners.slice(start, start + CHUNK).map(({ event, seq }) => ({ bizDate: date, event, seq }));
    await writeLastOrders(db, rows, cipher);
  }
  for (let start = 0; start < gross.length; start += CHUNK) {
    const rows = gross.slice(start, start + CHUNK).map((order) => ({ bizDate: date, ...order }));
    await writeGrossOrders(db, rows);
  }
}
