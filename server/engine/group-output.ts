import type { IngestBatch } from "../contracts/batch.ts";
import type { OrderColumns } from "../contracts/order-columns.ts";
import { type DispositionCounts, noDispositions, type StreamName } from "../contracts/streams.ts";
import { WinnerChanges } from "../streams/orders/winner-changes.ts";
import type { AcceptedRun } from "../streams/log/log-payload.ts";
import { Dirty } from "./dirty.ts";
import { OrderMoves } from "../streams/orders/order-moves.ts";
import type { PremiumOutput } from "../streams/premium-changes/premium-group.ts";

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
  /** Numbers of the changed hours by business date. */
  readonly hours = new Map<string, Set<number>>();
  /** Winners that joined or left each business hour, in order (rule O8). */
  readonly causes = new WinnerChanges();
  readonly dirty = new Dirty();
  /** Business dates whose standing has changed. */
  readonly touchedDays = new Set<string>();
  /** Days that closed, and the clock that closed them, ms (rule O6). */
  readonly closedDays = new Map<string, number>();
  /** Numbers of the orders that came after their day had closed, by date. */
  readonly late = new Map<string, bigint[]>();
  readonly moves = new OrderMoves();
  premium: PremiumOutput | null = null;

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

  touchHour(date: string, hour: number): void {
    const hours = this.hours.get(date);
    if (hours) hours.add(hour);
    else this.hours.set(date, new Set([hour]));
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

export function noteOrderTimes(share: StreamShare, { arrays, length }: OrderColumns): void {
  for (let index = 0; index < length; index++) noteEventTime(share, arrays.gmtModified[index] as number);
}
