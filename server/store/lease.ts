import { hostname } from "node:os";
import type pg from "pg";

/** How long a lease lives without being renewed; the database's clock decides. */
const LEASE_SECONDS = 5;
/** How often its holder renews it, ms. */
export const RENEW_MS = 1_500;

/** This process raised the epoch; only transactions that see this epoch may commit. */
export interface Lease {
  readonly holder: string;
  readonly epoch: bigint;
}

type Queryable = Pick<pg.ClientBase, "query">;

/** A lease was lost: another process writes now. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** Names this process so that a successor on the same machine can tell that it has died. */
export const holderName = (): string => `${hostname()}:${process.pid}:${crypto.randomUUID().slice(0, 8)}`;

/** Takes the lease if it is free, has run out, or belonged to a process of this machine that is dead; else null. */
export async function acquireLease(db: Queryable, holder: string): Promise<Lease | null> {
  const standing = await db.query<{ holder: string }>("SELECT holder FROM lease WHERE name = 'writer'");
  const orphaned =
    standing.rows[0] && isDeadNeighbour(standing.rows[0].holder) ? standing.rows[0].holder : "";
  const { rows } = await db.query<{ epoch: string }>(
    `UPDATE lease SET holder = $1, epoch = epoch + 1, expires_at = now() + $3 * interval '1 second'
     WHERE name = 'writer' AND (expires_at < now() OR holder IN ('', $1, $2)) RETURNING epoch`,
    [holder, orphaned, LEASE_SECONDS],
  );
  return rows[0] ? { holder, epoch: BigInt(rows[0].epoch) } : null;
}

function isDeadNeighbour(holder: string): boolean {
  const [host, pid] = holder.split(":");
  if (host !== hostname() || !pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** @throws {LeaseLost} when another process has taken over */
export async function renewLease(db: Queryable, lease: Lease): Promise<void> {
  const { rowCount } = await db.query(
    "UPDATE lease SET expires_at = now() + $2 * interval '1 second' WHERE name = 'writer' AND epoch = $1",
    [lease.epoch, LEASE_SECONDS],
  );
  if (rowCount !== 1) throw new LeaseLost("the lease belongs to another process now");
}

/** Lets a standby take over at once. */
export async function releaseLease(db: Queryable, lease: Lease): Promise<void> {
  await db.query(
    "UPDATE lease SET holder = '', expires_at = to_timestamp(0) WHERE name = 'writer' AND epoch = $1",
    [lease.epoch],
  );
}

/**
 * The fence: inside a transaction, proves that the epoch is still ours and keeps it so until the commit.
 * @throws {LeaseLost}
 */
export async function fence(db: Queryable, lease: Lease): Promise<void> {
  const { rowCount } = await db.query("SELECT 1 FROM lease WHERE name = 'writer' AND epoch = $1 FOR SHARE", [
    lease.epoch,
  ]);
  if (rowCount !== 1) throw new LeaseLost("the lease belongs to another process now");
}
