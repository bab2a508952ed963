import { bigIntOf } from "../contracts/int64.ts";
import { NO_AMOUNT_HIGH } from "../contracts/order-columns.ts";
import { type DayBatch, NO_HOUR, WON } from "./day-batch.ts";
import type { CausingOrder, HourCause } from "./hour-causes.ts";
import type { OrdersDay } from "./orders-day.ts";

/** What a new winner means for an hour that it joined or made another leave; texts are read when they are asked for. */
export interface WinnerChange {
  readonly kind: HourCause["kind"];
  /** Number of the event. */
  readonly seq: bigint;
  readonly userId: string;
  readonly winner: CausingOrder;
  /** What it replaced. */
  readonly before: CausingOrder | null;
}

/** Gives an order its number in the stream by its place in the batch. */
type SeqOf = (index: number) => bigint;

/** Winners that joined or left each business hour, in order (rule O8): places in the batches that were applied. */
export class WinnerChanges {
  readonly #byHour = new Map<string, Change[]>();

  /** Notes the winners of a batch, after it was applied to the day. */
  note(day: OrdersDay, part: DayBatch, seqOf: SeqOf): void {
    for (let place = 0; place < part.count; place++) {
      if (!((part.outcomes[place] as number) & WON)) continue;
      const [hour, left] = [part.hours[place] as number, part.beforeHours[place] as number];
      this.#add(day.bizHour(hour), new Change(day, part, place, seqOf, left === hour ? "amended" : "joined"));
      if (left !== NO_HOUR && left !== hour) {
        this.#add(day.bizHour(left), new Change(day, part, place, seqOf, "left"));
      }
    }
  }

  get byHour(): ReadonlyMap<string, readonly WinnerChange[]> {
    return this.#byHour;
  }

  clear(): void {
    this.#byHour.clear();
  }

  #add(bizHour: string, change: Change): void {
    const changes = this.#byHour.get(bizHour);
    if (changes) changes.push(change);
    else this.#byHour.set(bizHour, [change]);
  }
}

class Change implements WinnerChange {
  readonly kind: HourCause["kind"];
  readonly #day: OrdersDay;
  readonly #part: DayBatch;
  readonly #place: number;
  readonly #seqOf: SeqOf;

  constructor(day: OrdersDay, part: DayBatch, place: number, seqOf: SeqOf, kind: HourCause["kind"]) {
    this.#day = day;
    this.#part = part;
    this.#place = place;
    this.#seqOf = seqOf;
    this.kind = kind;
  }

  get seq(): bigint {
    return this.#seqOf(this.#index);
  }

  get userId(): string {
    return this.#part.orders.at(this.#index).userId;
  }

  get winner(): CausingOrder {
    const { orderNo, payable, gmtModified } = this.#part.orders.at(this.#index);
    return { orderNo, payable, at: gmtModified };
  }

  get before(): CausingOrder | null {
    const [part, place] = [this.#part, this.#place];
    if (part.beforeHours[place] === NO_HOUR) return null;
    const low = part.beforeAmounts[place * 2] as number;
    const high = part.beforeAmounts[place * 2 + 1] as number;
    return {
      orderNo: this.#day.orderNos.textOf(part.beforeOrderNos[place] as number),
      at: this.#day.timeAt(part.beforeTimes[place] as number),
      payable: high === NO_AMOUNT_HIGH ? null : bigIntOf(low, high),
    };
  }

  get #index(): number {
    return this.#part.indexes[this.#place] as number;
  }
}
