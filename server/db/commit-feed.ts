import type { Prisma } from "#prisma/client/client.ts";
import { type Committed, nothingCommitted } from "../contracts/committed.ts";
import { committedOf, feedMessage } from "./feed-message.ts";
import type { Queryable } from "./queryable.ts";

type Transaction = Queryable | Prisma.TransactionClient;

const NEXT = "UPDATE commit_position SET position = position + 1 WHERE id = 1 RETURNING position";
const TELL = "INSERT INTO commit_feed (position, message) VALUES ($1, $2::json)";
/** One row at least: where the database stands, and beside it the commits that follow. */
const FOLLOW = `SELECT c.position AS stored, (SELECT value #>> '{}' FROM setting WHERE key = 'epoch') AS epoch, f.position, f.message::text AS message FROM commit_position c LEFT JOIN LATERAL (
  SELECT position, message FROM commit_feed WHERE c.position > $1 AND position > $1 ORDER BY position LIMIT $2) f ON true`;

/**
 * Gives a transaction of people its commit position, under which `write` writes what carries it, and leaves what it changed in the commit
 * feed. The position's row stays locked until the commit, so positions follow the order of commits: call it when every other lock is held,
 * with little left to write.
 * @param write returns what screens are told
 */
export async function commitAt(
  db: Transaction,
  write: (position: number) => Promise<Partial<Committed>>,
): Promise<Committed> {
  const position = await nextCommitPosition(db);
  const committed = { ...nothingCommitted(position), ...(await write(position)) };
  await tellFeed(db, committed);
  return committed;
}

/** The first half of commitAt, for the engine, which has more to do at once. */
export async function nextCommitPosition(db: Transaction): Promise<number> {
  const rows =
    "$queryRawUnsafe" in db
      ? await db.$queryRawUnsafe<{ position: bigint }[]>(NEXT)
      : (await db.query<{ position: string }>(NEXT)).rows;
  return Number(rows[0]?.position);
}

/** The second half. */
export async function tellFeed(db: Transaction, committed: Committed): Promise<void> {
  const row = [committed.position, feedMessage(committed)];
  if ("$executeRawUnsafe" in db) await db.$executeRawUnsafe(TELL, ...row);
  else await db.query(TELL, row);
}

/** What was committed after a position, as one moment had it. */
export interface FeedPage {
  /** Commit position of the database. */
  readonly stored: number;
  /** Of the database's history: another one when it was restored from a backup. */
  readonly epoch: string;
  /** Oldest first; those that the feed still holds, as many as were asked for at most. */
  readonly commits: readonly Committed[];
}

export async function readFeed(db: Queryable, after: number, limit: number): Promise<FeedPage> {
  const { rows } = await db.query<{
    stored: string;
    epoch: string;
    position: string | null;
    message: string;
  }>(FOLLOW, [after, limit]);
  return {
    stored: Number(rows[0]?.stored),
    epoch: String(rows[0]?.epoch),
    commits: rows.flatMap(({ position, message }) =>
      position === null ? [] : committedOf(Number(position), message),
    ),
  };
}

export async function readCommitPosition(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ position: string }>("SELECT position FROM commit_position WHERE id = 1");
  return Number(rows[0]?.position);
}
