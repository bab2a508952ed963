import type pg from "pg";
import type { Reach } from "../lib/kill-points.ts";
import type { Vault } from "../lib/vault.ts";
import { fence, type Lease } from "../store/lease.ts";
import { writeGrossOrders, writeLastOrders } from "../store/order-state.ts";
import { writeLastPages } from "../store/page-state.ts";
import { coverStreams } from "../store/streams.ts";
import type { Dirty } from "./dirty.ts";

interface FlushDependencies {
  readonly lease: Lease;
  readonly vault: Vault;
  readonly reach: Reach;
}

/** Rows per statement: bounds the memory of one parameter list. */
const CHUNK = 5_000;

/**
 * Writes state rows behind, in one transaction with the position that they cover, fenced like any commit.
 * @throws {LeaseLost} when another process writes now; then it has this state already, from the log
 */
export async function flush(
  db: pg.ClientBase,
  dirty: Dirty,
  { lease, vault, reach }: FlushDependencies,
): Promise<void> {
  await db.query("BEGIN");
  try {
    await writeState(db, dirty, vault);
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

/** Writes the rows of the state tables, inside the caller's transaction. */
export async function writeState(db: pg.ClientBase, dirty: Dirty, vault: Vault): Promise<void> {
  for (const rows of chunks([...dirty.lastOrders.values()])) await writeLastOrders(db, rows, vault);
  for (const rows of chunks([...dirty.grossOrders.values()])) await writeGrossOrders(db, rows);
  for (const rows of chunks([...dirty.pages.values()])) await writeLastPages(db, rows);
}

/** Notes that the state tables hold every event up to `position`, inside the caller's transaction. */
export async function coverState(db: pg.ClientBase, position: number): Promise<void> {
  await coverStreams(db, ["orders", "page_views"], position);
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}
