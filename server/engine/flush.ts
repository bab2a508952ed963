import type pg from "pg";
import type { Reach } from "../lib/kill-points.ts";
import type { Vault } from "../lib/vault.ts";
import type { OrdersDay } from "../streams/orders/orders-day.ts";
import { fence, type Lease } from "./lease.ts";
import type { OrderRefs } from "../streams/orders/order-refs.ts";
import {
  insertGrossOrders,
  insertLastOrders,
  replaceGrossOrders,
  replaceLastOrders,
} from "../streams/orders/order-rows.ts";
import { type LastOrderRow, writeGrossOrders, writeLastOrders } from "../streams/orders/order-state.ts";
import { writeLastPages } from "../streams/page-views/page-state.ts";
import { coverStreams } from "./stream-rows.ts";
import { together } from "../db/together.ts";
import type { Dirty } from "./dirty.ts";
import type { StandingRows } from "../streams/orders/order-changes.ts";

type Queryable = Pick<pg.ClientBase, "query">;

interface StateDependencies {
  /** The days that the rows belong to are in memory. */
  readonly state: { day(date: string): OrdersDay };
  readonly vault: Vault;
}

interface FlushDependencies extends StateDependencies {
  readonly lease: Lease;
  readonly reach: Reach;
}

/** Rows per statement: bounds the memory of one parameter list. */
const CHUNK = 5_000;

/**
 * Writes state rows behind, in one transaction with the position that they cover, fenced like any commit. What is written
 * is settled before the first wait: memory may then go on to what is not committed yet.
 * @throws {LeaseLost} when another process writes now; then it has this state already, from the log
 */
export async function flush(db: pg.ClientBase, dirty: Dirty, dependencies: FlushDependencies): Promise<void> {
  const { lease, vault, state, reach } = dependencies;
  const orders = [...dirty.orders].map(
    ([date, changes]) => [date, changes.standing(state.day(date))] as const,
  );
  await db.query("BEGIN");
  try {
    for (const [date, rows] of orders) await writeOrders(db, date, rows, vault);
    await writePages(db, dirty);
    reach("in-flush");
    // Last: the row of the lease is held for a moment only, so neither renewal nor takeover waits for the rows above.
    await fence(db, lease);
    await coverState(db, dirty.position);
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  }
}

/**
 * Writes a handful of rows inside the caller's transaction: one statement each is quicker than the ways of many. All are sent
 * before the first is awaited.
 */
export async function writeState(
  db: Queryable,
  dirty: Dirty,
  { state, vault }: StateDependencies,
): Promise<void> {
  const orders = [...dirty.orders].flatMap(([date, changes]) => {
    const { newLast, storedLast, newGross, storedGross } = changes.standing(state.day(date));
    const gross = [...rowsOf(date, newGross), ...rowsOf(date, storedGross)];
    return [
      writeLastOrders(db, [...rowsOf(date, newLast), ...rowsOf(date, storedLast)], vault),
      writeGrossOrders(
        db,
        gross.map(({ bizDate, event }) => ({ bizDate, ...event })),
      ),
    ];
  });
  await together([...orders, writePages(db, dirty)]);
}

/** Notes that the state tables hold every event up to `position`, inside the caller's transaction. */
export async function coverState(db: Queryable, position: number): Promise<void> {
  await coverStreams(db, ["orders", "page_views"], position);
}

async function writeOrders(db: pg.ClientBase, date: string, rows: StandingRows, vault: Vault): Promise<void> {
  await insertLastOrders(db, date, rows.newLast, vault);
  await replaceLastOrders(db, date, rows.storedLast, vault);
  await insertGrossOrders(db, date, rows.newGross);
  await replaceGrossOrders(db, date, rows.storedGross);
}

async function writePages(db: Queryable, { pages }: Dirty): Promise<void> {
  const rows = [...pages.values()];
  for (let start = 0; start < rows.length; start += CHUNK) {
    await writeLastPages(db, rows.slice(start, start + CHUNK));
  }
}

function rowsOf(date: string, refs: OrderRefs): LastOrderRow[] {
  return Array.from({ length: refs.length }, (_, place) => {
    const { orders, firstSeq } = refs.sourceAt(place);
    const index = refs.indexAt(place);
    return { bizDate: date, event: orders.at(index), seq: firstSeq + BigInt(index) };
  });
}
