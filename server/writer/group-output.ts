import type { Move } from "../contracts/api/orders.ts";
import type { IngestBatch } from "../contracts/batch.ts";
import { type DispositionCounts, noDispositions, type StreamName } from "../contracts/streams.ts";
import type { AcceptedRun } from "../store/log-payload.ts";
import { Dirty } from "./dirty.ts";
import type { PremiumOutput } from "./premium-group.ts";

/** A commit lists at most this many moves; the rest is counted. */
const MAX_MOVES = 50;

/** What one stream contributes to a group. */
export interface StreamShare {
  readonly firstSeq: bigint;
  readonly runs: AcceptedRun[];
  accepted: number;
  received: number;
  unknownFields: number;
  readonly dispositions: DispositionCounts;
  /** ms */
  minEventTime: number;
  maxEventTime: number;
  /** ms, of the newest batch. */
  acceptedAt: number;
}

/** Everything that one group of batches is going to write; filled by the operators, written by the store. */
export class GroupOutput {
  readonly shares = new Map<StreamName, StreamShare>();
  /** Changed hours by business date. */
  readonly hours = new Map<string, Set<string>>();
  readonly dirty = new Dirty();
  /** Business dates whose standing has changed. */
  readonly touchedDays = new Set<string>();
  /** Days that closed, and the clock that closed them, ms (rule O6). */
  readonly closedDays = new Map<string, number>();
  /** Numbers of the orders that came after their day had closed, by date. */
  readonly late = new Map<string, bigint[]>();
  moveCount = 0;
  premium: PremiumOutput | null = null;
  /** Newest last; most moves of a large group are never told, so none is put into words before. */
  readonly #moves: (() => Move)[] = [];

  share(stream: StreamName, nextSeq: bigint): StreamShare {
    let share = this.shares.get(stream);
    if (!share) {
      share = {
        firstSeq: nextSeq,
        runs: [],
        accepted: 0,
        received: 0,
        unknownFields: 0,
        dispositions: noDispositions(),
        minEventTime: Number.POSITIVE_INFINITY,
        maxEventTime: Number.NEGATIVE_INFINITY,
        acceptedAt: 0,
      };
      this.shares.set(stream, share);
    }
    return share;
  }

  touchHour(date: string, bizHour: string): void {
    const hours = this.hours.get(date);
    if (hours) hours.add(bizHour);
    else this.hours.set(date, new Set([bizHour]));
  }

  closeDay(date: string, clock: number): void {
    this.touchedDays.add(date);
    this.closedDays.set(date, clock);
  }

  addLate(date: string, seq: bigint): void {
    const seqs = this.late.get(date);
    if (seqs) seqs.push(seq);
    else this.late.set(date, [seq]);
  }

  addMove(move: () => Move): void {
    this.moveCount += 1;
    this.#moves.push(move);
    if (this.#moves.length > MAX_MOVES) this.#moves.shift();
  }

  moves(): Move[] {
    return this.#moves.map((tell) => tell());
  }
}

/** Adds a batch's counts to its stream's share. */
export function countBatch(share: StreamShare, batch: IngestBatch, counts: DispositionCounts): void {
  share.runs.push({ acceptedAt: batch.acceptedAt, eventClock: batch.eventClock, events: batch.events });
  share.accepted += batch.events.length;
  share.received += batch.received;
  share.unknownFields += batch.unknownFields;
  share.acceptedAt = Math.max(share.acceptedAt, batch.acceptedAt);
  for (const [name, count] of Object.entries(counts) as [keyof DispositionCounts, number][]) {
    share.dispositions[name] += count;
  }
}

export function noteEventTime(share: StreamShare, time: number): void {
  if (time < share.minEventTime) share.minEventTime = time;
  if (time > share.maxEventTime) share.maxEventTime = time;
}
