import type pg from "pg";
import type { AtFaultPoint } from "../lib/fault-points.ts";
import { fence, type Lease } from "./lease.ts";
import { coverStreams } from "./stream-rows.ts";

/** State rows that are taken to be written, and the position that they lead to. */
export interface WaitingRows {
  readonly writes: readonly ((db: pg.ClientBase) => Promise<void>)[];
  readonly position: number;
}

/**
 * Writes state rows behind, in one transaction with the position that they cover, fenced like any commit.
 * @throws {LeaseLost} when another process writes now; then it has this state already, from the log
 */
export async function flush(
  db: pg.ClientBase,
  { writes, position }: WaitingRows,
  { lease, atFaultPoint }: { readonly lease: Lease; readonly atFaultPoint: AtFaultPoint },
): Promise<void> {
  await db.query("BEGIN");
  try {
    for (const write of writes) await write(db);
    atFaultPoint("in-flush");
    // Last: the row of the lease is held for a moment only, so neither renewal nor takeover waits for the rows above.
    await fence(db, lease);
    await coverStreams(db, position);
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined); // the first error is the one that tells
    throw error;
  }
}
