import type pg from "pg";
import type { Vault } from "../lib/vault.ts";
import { fence, type Lease } from "../store/lease.ts";
import { writeGrossOrders, writeLastOrders } from "../store/order-state.ts";
import { writeLastPages } from "../store/page-state.ts";
import { coverStreams } from "../store/streams.ts";
import type { Dirty } from "./dirty.ts";

/** Rows per statement: bounds the memory of one parameter list. */
const CHUNK = 5_000;

/**
 * Writes state rows behind, in one transaction with the position that they cover, fenced like any commit.
 * @throws {LeaseLost} when another process writes now; then it has this state already, from the log
 */
export async function flush(db: pg.ClientBase, dirty: Dirty, lease: Lease, vault: Vault): Promise<void> {
  await db.query("BEGIN");
  try {
    for (const rows of chunks([...dirty.lastOrders.values()])) await writeLastOrders(db, rows, vault);
    for (const rows of chunks([...dirty.grossOrders.values()])) await writeGrossOrders(db, rows);
    for (const rows of chunks([...dirty.pages.values()])) await writeLastPages(db, rows);
    // Last: the row of the lease is held for a moment only, so neither renewal nor takeover waits for the rows above.
    await fence(db, lease);
    await coverStreams(db, ["orders", "page_views"], dirty.position);
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  }
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}
