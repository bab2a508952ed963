import type { Queryable } from "../db/queryable.ts";
import { isDeadNeighbour } from "./holder.ts";

/** How long a lease lives without being renewed; the database's clock decides. */
const LEASE_SECONDS = 5;
/** How often its holder renews it, ms. */
export const RENEW_MS = 1_500;
/** A lease that is not renewed for so long is nobody's, ms. */
const STOOD_STILL_MS = (LEASE_SECONDS + 1) * 1_000;

/** This process raised the epoch; only transactions that see this epoch may commit. */
export interface Lease {
  readonly holder: string;
  readonly epoch: bigint;
}

/** A lease was lost: another process writes now, or the data were wiped or restored. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
  /** Nobody holds it: it was taken from its holder on purpose, who starts over with what the database holds now. */
  readonly isFree: boolean;

  constructor(holder: string) {
    super(holder === "" ? "the lease was taken back" : "the lease belongs to another process now");
    this.isFree = holder === "";
  }
}

async function leaseLost(db: Queryable): Promise<LeaseLost> {
  const { rows } = await db.query<{ holder: string }>("SELECT holder FROM lease WHERE name = 'writer'");
  return new LeaseLost(rows[0]?.holder ?? "");
}

/** The row of the lease as it was read. */
interface LeaseRow {
  readonly holder: string;
  readonly epoch: string;
  readonly until: string;
}

/** Takes the lease as soon as nobody holds it. */
export class LeaseSeeker {
  readonly #db: Queryable;
  readonly #holder: string;
  readonly #elapsed: () => number;
  /** What stood when it was looked at last, and since when, ms of our own clock. */
  #seen = { row: "", since: 0 };

  /** @param elapsed ms of a clock that nobody sets */
  constructor(db: Queryable, holder: string, elapsed: () => number = () => performance.now()) {
    this.#db = db;
    this.#holder = holder;
    this.#elapsed = elapsed;
  }

  /** The lease if it is free, has run out, is ours, or its holder is dead or renews it no more; else null. */
  async acquire(): Promise<Lease | null> {
    const { rows: current } = await this.#db.query<LeaseRow>(
      "SELECT holder, epoch, expires_at::text AS until FROM lease WHERE name = 'writer'",
    );
    const abandoned = current.find((row) => this.#hasStoodStill(row) || isDeadNeighbour(row.holder));
    const { rows } = await this.#db.query<{ epoch: string }>(
      `UPDATE lease SET holder = $1, epoch = epoch + 1, expires_at = now() + $2 * interval '1 second'
       WHERE name = 'writer' AND (expires_at < now() OR holder IN ('', $1) OR (epoch = $3 AND expires_at::text = $4))
       RETURNING epoch`,
      [this.#holder, LEASE_SECONDS, abandoned?.epoch, abandoned?.until],
    );
    return rows[0] ? { holder: this.#holder, epoch: BigInt(rows[0].epoch) } : null;
  }

  /** Whatever the database's clock says, which may have been set back: its holder renews a lease several times in its life. */
  #hasStoodStill({ epoch, until }: LeaseRow): boolean {
    const row = `${epoch} ${until}`;
    if (row !== this.#seen.row) this.#seen = { row, since: this.#elapsed() };
    return this.#elapsed() - this.#seen.since > STOOD_STILL_MS;
  }
}

/** @throws {LeaseLost} when another process has taken over */
export async function renewLease(db: Queryable, lease: Lease): Promise<void> {
  const { rowCount } = await db.query(
    "UPDATE lease SET expires_at = now() + $2 * interval '1 second' WHERE name = 'writer' AND epoch = $1",
    [lease.epoch, LEASE_SECONDS],
  );
  if (rowCount !== 1) throw await leaseLost(db);
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
  if (rowCount !== 1) throw await leaseLost(db);
}
