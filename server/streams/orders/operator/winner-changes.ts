import { AMENDED, JOINED, LEFT } from "#server/contracts/cause-kinds.ts";
import { bigIntOf } from "#server/contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "#server/contracts/order-columns.ts";
import { type DayBatch, NO_HOUR, WON } from "./day-batch.ts";
import type { CausingOrder } from "./hour-causes.ts";
import type { OrdersDay } from "./orders-day.ts";

/** What a new winner means for an hour that it joined or made another leave. */
export interface WinnerChange {
  /** Number of the event. */
  readonly seq: number;
  readonly userId: string;
  readonly winner: CausingOrder;
  /** What it replaced. */
  readonly before: CausingOrder | null;
}

/** A batch that was applied to its day. */
export interface AppliedBatch {
  readonly day: OrdersDay;
  readonly part: DayBatch;
  /** Gives an order its number in the stream by its place in the batch. */
  readonly seqOf: (index: number) => number;
}

/** Cells of one change: its batch; its place in the batch's part and, below it, its kind. */
const CELLS = 2;
const FIRST_ROOM = 16;
const KIND_BITS = 2;
const KIND_MASK = 2 ** KIND_BITS - 1;

/** Winners that joined or left one business hour, in order: places in the batches, since most are never read one by one. */
export class HourChanges {
  readonly #batches: AppliedBatch[] = [];
  #cells = new Int32Array(FIRST_ROOM * CELLS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Changes added from now on are this batch's. */
  from(batch: AppliedBatch): void {
    this.#batches.push(batch);
  }

  /** @param kind number of a CauseKind */
  add(place: number, kind: number): void {
    const at = this.#length * CELLS;
    if (at === this.#cells.length) this.#grow();
    this.#cells[at] = this.#batches.length - 1;
    this.#cells[at + 1] = (place << KIND_BITS) | kind;
    this.#length += 1;
  }

  batchAt(index: number): AppliedBatch {
    return this.#batches[this.#cells[index * CELLS] as number] as AppliedBatch;
  }

  /** Its place in the batch's part. */
  placeAt(index: number): number {
    return (this.#cells[index * CELLS + 1] as number) >> KIND_BITS;
  }

  /** Number of its kind. */
  kindAt(index: number): number {
    return (this.#cells[index * CELLS + 1] as number) & KIND_MASK;
  }

  /** Number of the event. */
  seqAt(index: number): number {
    const { part, seqOf } = this.batchAt(index);
    return seqOf(part.indexes[this.placeAt(index)] as number);
  }

  /** Whether the winner replaced another one. */
  isReplacing(index: number): boolean {
    return this.batchAt(index).part.beforeHours[this.placeAt(index)] !== NO_HOUR;
  }

  at(index: number): WinnerChange {
    const { part } = this.batchAt(index);
    const order = part.orders.at(part.indexes[this.placeAt(index)] as number);
    return {
      seq: this.seqAt(index),
      userId: order.userId,
      winner: { orderNo: order.orderNo, payable: order.payable, at: order.gmtModified },
      before: this.isReplacing(index) ? replacedBy(this.batchAt(index), this.placeAt(index)) : null,
    };
  }

  #grow(): void {
    const cells = this.#cells;
    this.#cells = new Int32Array(cells.length * 2);
    this.#cells.set(cells);
  }
}

function replacedBy({ day, part }: AppliedBatch, place: number): CausingOrder {
  const [low, high] = [part.beforeAmounts[place * 2] as number, part.beforeAmounts[place * 2 + 1] as number];
  return {
    orderNo: day.orderNos.textOf(part.beforeOrderNos[place] as number),
    at: day.timeAt(part.beforeTimes[place] as number),
    payable: high === NO_AMOUNT_HIGH ? null : bigIntOf(low, high),
  };
}

/** Winners that joined or left each business hour, in order (rule O8). */
export class WinnerChanges {
  readonly #byHour = new Map<string, HourChanges>();

  /** Notes the winners of a batch, after it was applied to the day. */
  note(day: OrdersDay, part: DayBatch, seqOf: AppliedBatch["seqOf"]): void {
    const batch = { day, part, seqOf };
    const byNumber: HourChanges[] = [];
    const changesOf = (hour: number) => {
      byNumber[hour] ??= this.#begin(day.bizHour(hour), batch);
      return byNumber[hour];
    };
    for (let place = 0; place < part.count; place++) {
      if (!((part.outcomes[place] as number) & WON)) continue;
      const [hour, left] = [part.hours[place] as number, part.beforeHours[place] as number];
      changesOf(hour).add(place, left === hour ? AMENDED : JOINED);
      if (left !== NO_HOUR && left !== hour) changesOf(left).add(place, LEFT);
    }
  }

  get byHour(): ReadonlyMap<string, HourChanges> {
    return this.#byHour;
  }

  clear(): void {
    this.#byHour.clear();
  }

  #begin(bizHour: string, batch: AppliedBatch): HourChanges {
    let changes = this.#byHour.get(bizHour);
    if (!changes) {
      changes = new HourChanges();
      this.#byHour.set(bizHour, changes);
    }
    changes.from(batch);
    return changes;
  }
}
