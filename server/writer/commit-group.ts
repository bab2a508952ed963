import type pg from "pg";
import { type BatchOutcome, type IngestBatch, isStream } from "../contracts/batch.ts";
import type { BusinessTime } from "../contracts/business-time.ts";
import type { Committed } from "../contracts/committed.ts";
import { type DispositionCounts, noDispositions, type StreamName } from "../contracts/streams.ts";
import type { Reach } from "../lib/kill-points.ts";
import type { Vault } from "../lib/vault.ts";
import { applyPageView, pageKey } from "../pipeline/last-pages.ts";
import { readAlertRules } from "../store/alert-rules.ts";
import { writeBaselines } from "../store/baselines.ts";
import { writeCases, writeOccurrences, writeTimeline } from "../store/cases.ts";
import { writeDeadLetters } from "../store/dead-letters.ts";
import { writeHourCauses } from "../store/hour-causes.ts";
import { writeHours } from "../store/hour-figures.ts";
import { lockKeyUsers } from "../store/key-user-state.ts";
import { writeLateOrders } from "../store/late-orders.ts";
import { fence, type Lease } from "../store/lease.ts";
import { appendLog, type LogRow } from "../store/log.ts";
import { encodePayload } from "../store/log-payload.ts";
import { closeDays, writeOrderDays } from "../store/order-days.ts";
import { writeNotices } from "../store/outbox.ts";
import { takeCommitPosition } from "../store/position.ts";
import { lockReplays, settleReplay } from "../store/replays.ts";
import { advanceStream } from "../store/streams.ts";
import { together } from "../store/together.ts";
import { applyOrders } from "./apply-orders.ts";
import { Dirty } from "./dirty.ts";
import type { EngineState } from "./engine-state.ts";
import { coverState, writeState } from "./flush.ts";
import { countBatch, GroupOutput, noteEventTime, noteOrderTimes, type StreamShare } from "./group-output.ts";
import { OrderGate } from "./order-gate.ts";
import { PremiumOutput } from "./premium-group.ts";

export interface GroupDependencies {
  readonly state: EngineState;
  readonly lease: Lease;
  readonly time: BusinessTime;
  readonly vault: Vault;
  readonly now: () => number;
  /** Closes the days that the wall clock has passed by then, ms; null: batches close them by their own clocks (O6). */
  readonly closeBy: number | null;
  /** Every state row of earlier groups is written: a small group may write its own at once. */
  readonly isStateWritten: boolean;
  readonly reach: Reach;
}

/** Pipelined: a statement is sent when it is given, whatever came of those before. */
type Queryable = Pick<pg.ClientBase, "query">;

/** State rows that a group writes in its own transaction at most: then a reader finds them as soon as it was told. */
const ROWS_AT_ONCE = 200;

export interface GroupResult {
  /** In the order of the batches; null: a replay whose letters were no longer as seen, left out whole. */
  readonly outcomes: (BatchOutcome | null)[];
  readonly committed: Committed;
  /** State rows to write behind; none when they were written with the group. */
  readonly dirty: Dirty;
}

/**
 * Commits a group of batches in one transaction (rule C10). Statements that need no answer of one another are sent one behind
 * the other and awaited together; the commit is sent when all have succeeded. When it throws, nothing is known but that the memory may be
 * ahead of the database: the caller must throw the state away.
 */
export async function commitGroup(
  db: Queryable,
  batches: readonly IngestBatch[],
  dependencies: GroupDependencies,
): Promise<GroupResult> {
  const { reach } = dependencies;
  reach("before-begin");
  await db.query("BEGIN");
  reach("after-begin");
  try {
    const output = new GroupOutput();
    closeQuietDays(dependencies, output);
    output.premium = await lockPremium(db, batches);
    const left = await lockReplays(db, batches);
    const taken = batches.filter((batch) => !left.has(batch));
    const outcomes = batches.map((batch) =>
      left.has(batch) ? null : applyBatch(batch, dependencies, output),
    );
    const isAtOnce = dependencies.isStateWritten && output.dirty.size <= ROWS_AT_ONCE;
    // Before the lease and the position, like a flush: no two transactions wait for each other.
    const [, , position] = await together([
      isAtOnce ? writeState(db, output.dirty, dependencies) : undefined,
      fence(db, dependencies.lease),
      takeCommitPosition(db),
    ]);
    const committed = await write(db, { position, isCovered: isAtOnce }, taken, output, dependencies);
    reach("before-commit");
    await db.query("COMMIT");
    reach("after-commit");
    if (isAtOnce) return { outcomes, committed, dirty: new Dirty() };
    output.dirty.position = committed.position;
    return { outcomes, committed, dirty: output.dirty };
  } catch (error) {
    // The first error tells what happened; a rollback over a broken connection can only fail again.
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Days that nobody's batch closes. */
function closeQuietDays({ state, closeBy }: GroupDependencies, output: GroupOutput): void {
  if (closeBy === null) return;
  for (const date of state.calendar.advance(closeBy, false)) output.closeDay(date, closeBy);
}

/** Locks the key users that the batches speak of (rule K6); null when there is no premium change among them. */
async function lockPremium(db: Queryable, batches: readonly IngestBatch[]): Promise<PremiumOutput | null> {
  const users = new Set<string>();
  for (const batch of batches) {
    if (isStream(batch, "premium_changes")) for (const event of batch.events) users.add(event.userId);
  }
  if (users.size === 0) return null;
  return new PremiumOutput(await lockKeyUsers(db, [...users]), await readAlertRules(db));
}

/** Runs one batch through its operator. */
function applyBatch(batch: IngestBatch, dependencies: GroupDependencies, output: GroupOutput): BatchOutcome {
  const cursor = dependencies.state.cursor(batch.stream);
  const share = output.share(batch.stream, cursor.nextSeq);
  const firstSeq = cursor.nextSeq;
  const { length } = batch.events;
  cursor.nextSeq += BigInt(length);
  const counts = applyEvents(batch, firstSeq, dependencies, output, share);
  counts.rejected = batch.rejects.length;
  if (length > 0) cursor.watermark = Math.max(cursor.watermark ?? 0, share.maxEventTime);
  countBatch(share, batch, counts);
  return {
    firstSeq: length > 0 ? firstSeq : null,
    lastSeq: length > 0 ? cursor.nextSeq - 1n : null,
    dispositions: counts,
  };
}

function applyEvents(
  batch: IngestBatch,
  firstSeq: bigint,
  dependencies: GroupDependencies,
  output: GroupOutput,
  share: StreamShare,
): DispositionCounts {
  if (isStream(batch, "orders")) {
    const { state, now } = dependencies;
    const gate = new OrderGate(state.calendar, batch, firstSeq, now(), output);
    noteOrderTimes(share, batch.events);
    return applyOrders(
      dependencies,
      { orders: batch.events, firstSeq },
      batch,
      (date, time, index) => gate.admits(date, time, index),
      output,
    );
  }
  if (isStream(batch, "premium_changes")) return applyPremiumChanges(batch, firstSeq, output, share);
  if (isStream(batch, "page_views")) return applyPageViews(batch, firstSeq, dependencies, output, share);
  throw new Error(`no operator for stream ${batch.stream}`);
}

function applyPremiumChanges(
  batch: IngestBatch<"premium_changes">,
  firstSeq: bigint,
  output: GroupOutput,
  share: StreamShare,
): DispositionCounts {
  const counts = noDispositions();
  batch.events.forEach((change, index) => {
    noteEventTime(share, change.gmtModified);
    counts[output.premium?.apply(change, firstSeq + BigInt(index), batch) ?? "not_key_user"] += 1;
  });
  return counts;
}

function applyPageViews(
  batch: IngestBatch<"page_views">,
  firstSeq: bigint,
  { state }: GroupDependencies,
  output: GroupOutput,
  share: StreamShare,
): DispositionCounts {
  const counts = noDispositions();
  batch.events.forEach((view, index) => {
    noteEventTime(share, view.logTime);
    const key = pageKey(view.accountId ?? "", view.deviceId);
    const { disposition, page } = applyPageView(view, firstSeq + BigInt(index), state.page(key));
    counts[disposition] += 1;
    if (!page) return;
    state.setPage(key, page);
    output.dirty.addPage(key, page);
  });
  return counts;
}

/** Writes everything, log first, under the commit position: all other locks are held. */
async function write(
  db: Queryable,
  { position, isCovered }: { readonly position: number; readonly isCovered: boolean },
  batches: readonly IngestBatch[],
  output: GroupOutput,
  { state, vault, now, reach }: GroupDependencies,
): Promise<Committed> {
  const at = new Date(now());
  const logRows = [...output.shares].flatMap(([stream, share]) => logRow(stream, share, vault));
  const hours = [...output.hours].flatMap(([date, names]) =>
    [...names].map((hour) => state.day(date).figuresOf(hour)),
  );
  const days = [...output.touchedDays].map((date) => state.calendar.standing(date));
  await together([
    appendLog(db, position, logRows).then(() => reach("after-log")),
    writeHourCauses(db, position, output.causes.byHour, true),
    ...[...output.shares].map(([stream, share]) => advance(db, stream, share, at)),
    writeHours(db, position, hours),
    writeOrderDays(db, days),
    writeLateOrders(db, position, output.late),
    isCovered ? coverState(db, position) : undefined,
  ]);
  await closeDays(db, output.closedDays);
  for (const batch of batches) await writeDeadLetters(db, batch.stream, batch.rejects, at, vault);
  for (const batch of batches) await settleReplay(db, batch, at);
  const caseIds = await writePremium(db, output.premium, at);
  return {
    position,
    hours,
    moves: output.moves.told(),
    moveCount: output.moves.count,
    days: [...output.closedDays.keys()].map((date) => ({ date, revision: 1 })),
    ordersWatermark: state.cursor("orders").watermark,
    caseIds: [...caseIds.values()].map(BigInt),
    keyUserIds: [...new Set(output.premium?.moves.map((move) => move.userId))],
    received: Object.fromEntries([...output.shares].map(([stream, share]) => [stream, share.received])),
  };
}

async function advance(db: Queryable, stream: StreamName, share: StreamShare, at: Date): Promise<void> {
  if (share.received === 0) return; // a replay of which every line was refused again
  const watermark = share.accepted > 0 ? share.maxEventTime : null;
  await advanceStream(db, { stream, ...share, watermark }, at);
}

async function writePremium(
  db: Queryable,
  premium: PremiumOutput | null,
  at: Date,
): Promise<Map<string, string>> {
  if (!premium) return new Map();
  await writeBaselines(db, premium.moves, at);
  const caseIds = await writeCases(db, premium.cases(), at);
  await writeOccurrences(db, premium.occurrences, caseIds);
  await writeTimeline(db, premium.timeline, caseIds);
  await writeNotices(db, premium.notices, caseIds, at);
  return caseIds;
}

function logRow(stream: StreamName, share: StreamShare, vault: Vault): LogRow[] {
  if (share.accepted === 0) return [];
  return [
    {
      stream,
      firstSeq: share.firstSeq,
      count: share.accepted,
      acceptedAt: share.acceptedAt,
      minEventTime: share.minEventTime,
      maxEventTime: share.maxEventTime,
      payload: encodePayload(stream, share.runs, vault),
    },
  ];
}
