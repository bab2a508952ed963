import type { BatchOutcome, IngestBatch } from "../contracts/batch.ts";
import { type Committed, nothingCommitted } from "../contracts/committed.ts";
import type { StreamName } from "../contracts/streams.ts";
import { awaitAll } from "../db/await-all.ts";
import { nextCommitPosition, tellFeed } from "../db/commit-feed.ts";
import type { Queryable } from "../db/queryable.ts";
import type { AtFaultPoint } from "../lib/fault-points.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { appendLog } from "../streams/log/log.ts";
import type { EngineState } from "./engine-state.ts";
import { fence, type Lease } from "./lease.ts";
import { lockReplays, settleReplay } from "./replays.ts";
import { StreamGroups } from "./stream-groups.ts";
import { advanceStream, coverStreams } from "./stream-rows.ts";
import { StreamShare } from "./stream-share.ts";
import { writeDeadLetters } from "./write-dead-letters.ts";

export interface GroupDependencies {
  readonly state: EngineState;
  readonly lease: Lease;
  readonly cipher: FieldCipher;
  readonly now: () => number;
  /** Does what time alone does by then, ms (rule O6); null: batches do it by their own clocks. */
  readonly dueBy: number | null;
  /** Every state row of earlier groups is written: a small group may write its own at once. */
  readonly isStateWritten: boolean;
  readonly atFaultPoint: AtFaultPoint;
}

/** State rows that a group writes in its own transaction at most: then a reader finds them as soon as it was told. */
const ROWS_AT_ONCE = 200;

export interface GroupResult {
  /** In the order of the batches; null: a replay whose dead letters were no longer as seen, left out whole. */
  readonly outcomes: (BatchOutcome | null)[];
  readonly committed: Committed;
  /** The state rows are in the tables: they were written with the group. */
  readonly isCovered: boolean;
}

/**
 * Commits a group of batches in one transaction (rule C10). Statements that need no answer of one another are sent one behind
 * the other and awaited together; the commit is sent when all have succeeded. When it throws, nothing is known but that the memory may be
 * ahead of the database: the caller must throw the state away.
 * @param db pipelined: a statement is sent when it is given, whatever came of those before
 */
export async function commitGroup(
  db: Queryable,
  batches: readonly IngestBatch[],
  dependencies: GroupDependencies,
): Promise<GroupResult> {
  const { atFaultPoint, state, dueBy } = dependencies;
  atFaultPoint("before-begin");
  await db.query("BEGIN");
  atFaultPoint("after-begin");
  try {
    const groups = await StreamGroups.open(db, state, batches, dueBy);
    const left = await lockReplays(db, batches);
    const taken = batches.filter((batch) => !left.has(batch));
    const shares = new Map<StreamName, StreamShare>();
    const outcomes = batches.map((batch) =>
      left.has(batch) ? null : applyBatch(batch, state, groups, shares),
    );
    const isCovered = dependencies.isStateWritten && groups.stateRows <= ROWS_AT_ONCE;
    // Before the lease and the position, like a flush: no two transactions wait for each other.
    const [, , position] = await awaitAll([
      isCovered ? groups.writeState(db) : undefined,
      fence(db, dependencies.lease),
      nextCommitPosition(db),
    ]);
    const group = { position, isCovered, batches: taken, groups, shares: [...shares.values()] };
    const committed = await write(db, group, dependencies);
    atFaultPoint("before-commit");
    await db.query("COMMIT");
    atFaultPoint("after-commit");
    if (!isCovered) groups.writeBehind();
    return { outcomes, committed, isCovered };
  } catch (error) {
    // The first error tells what happened; a rollback over a broken connection can only fail again.
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Runs one batch through its stream's operator. */
function applyBatch(
  batch: IngestBatch,
  state: EngineState,
  groups: StreamGroups,
  shares: Map<StreamName, StreamShare>,
): BatchOutcome {
  const cursor = state.cursor(batch.stream);
  const firstSeq = cursor.nextSeq;
  const share = shares.get(batch.stream) ?? new StreamShare(batch.stream, firstSeq);
  shares.set(batch.stream, share);
  const { length } = batch.events;
  cursor.nextSeq += BigInt(length);
  const counts = groups.apply(batch, firstSeq);
  counts.rejected = batch.rejects.length;
  share.add(batch, counts);
  if (length > 0) cursor.watermark = Math.max(cursor.watermark ?? 0, share.maxEventTime);
  return {
    firstSeq: length > 0 ? firstSeq : null,
    lastSeq: length > 0 ? cursor.nextSeq - 1n : null,
    dispositions: counts,
  };
}

/** A group that is about to be written. */
interface Group {
  readonly position: number;
  readonly isCovered: boolean;
  readonly batches: readonly IngestBatch[];
  readonly groups: StreamGroups;
  readonly shares: readonly StreamShare[];
}

/** Writes everything, log first, under the commit position: all other locks are held. */
async function write(
  db: Queryable,
  { position, isCovered, batches, groups, shares }: Group,
  { state, cipher, now, atFaultPoint }: GroupDependencies,
): Promise<Committed> {
  const at = new Date(now());
  const logRows = shares.flatMap((share) => share.logRow(cipher) ?? []);
  const received = shares.filter((share) => share.received > 0); // else a replay that was refused again as a whole
  const [told] = await awaitAll([
    groups.write(db, position, at),
    appendLog(db, position, logRows).then(() => atFaultPoint("after-log")),
    ...received.map((share) => advanceStream(db, share, at)),
    isCovered ? coverStreams(db, position) : undefined,
  ]);
  for (const batch of batches) await writeDeadLetters(db, batch.stream, batch.rejects, at, cipher);
  for (const batch of batches) await settleReplay(db, batch, at);
  const committed = {
    ...nothingCommitted(position),
    ...told,
    ordersWatermark: state.cursor("orders").watermark,
    received: Object.fromEntries(shares.map((share) => [share.stream, share.received])),
  };
  await tellFeed(db, committed);
  return committed;
}
