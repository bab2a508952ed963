import { bigIntOf } from "../contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "../contracts/order-columns.ts";
import { type DayBatch, NO_HOUR, WON } from "./day-batch.ts";
import type { CausingOrder, HourCause } from "./hour-causes.ts";
import type { OrdersDay } from "./orders-day.ts";

/** What a new winner means for an hour that it joined or made another leave. */
export interface WinnerChange {
  readonly kind: HourCause["kind"];
  /** Number of the event. */
  readonly seq: bigint;
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
  readonly seqOf: (index: number) => bigint;
}

/** Winners that joined or left one business hour, in order: places in the batches, since most are never read one by one. */
export class HourChanges {
  readonly #batches: AppliedBatch[] = [];
  readonly #places: number[] = [];
  readonly #kinds: HourCause["kind"][] = [];

  get length(): number {
    return this.#places.length;
  }

  add(batch: AppliedBatch, place: number, kind: HourCause["kind"]): void {
    this.#batches.push(batch);
    this.#places.push(place);
    this.#kinds.push(kind);
  }

  batchAt(index: number): AppliedBatch {
    return this.#batches[index] as AppliedBatch;
  }

  /** Its place in the batch's part. */
  placeAt(index: number): number {
    return this.#places[index] as number;
  }

  kindAt(index: number): HourCause["kind"] {
    return this.#kinds[index] as HourCause["kind"];
  }

  /** Number of the event. */
  seqAt(index: number): bigint {
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
      kind: this.kindAt(index),
      seq: this.seqAt(index),
      userId: order.userId,
      winner: { orderNo: order.orderNo, payable: order.payable, at: order.gmtModified },
      before: this.isReplacing(index) ? replacedBy(this.batchAt(index), this.placeAt(index)) : null,
    };
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
    for (let place = 0; place < part.count; place++) {
      if (!((part.outcomes[place] as number) & WON)) continue;
      const [hour, left] = [part.hours[place] as number, part.beforeHours[place] as number];
      this.#of(day.bizHour(hour)).add(batch, place, left === hour ? "amended" : "joined");
      if (left !== NO_HOUR && left !== hour) this.#of(day.bizHour(left)).add(batch, place, "left");
    }
  }

  get byHour(): ReadonlyMap<string, HourChanges> {
    return this.#byHour;
  }

  clear(): void {
    this.#byHour.clear();
  }

  #of(bizHour: string): HourChanges {
    let changes = this.#byHour.get(bizHour);
    if (!changes) {
      changes = new HourChanges();
      this.#byHour.set(bizHour, changes);
    }
    return changes;
  }
}
