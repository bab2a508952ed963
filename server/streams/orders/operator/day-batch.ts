import type { OrderColumns } from "#server/contracts/order-columns.ts";
import type { AcceptedDisposition } from "#server/contracts/streams.ts";
import { assert } from "#server/lib/assert.ts";

/** What became of an order, as bits. */
export const WON = 1;
/** It is the current version of its number (rule O7). */
export const IS_GROSS = 2;
/** It equals the current winner in all columns that rule O2 compares. */
export const IS_DUPLICATE = 4;
/** It is the first of its vector (see OrdersDay.apply) that its user won with. */
export const WON_FIRST = 8;
/** Stands for an hour that there is none of. */
export const NO_HOUR = -1;

/**
 * The orders of one batch that belong to one day, in columns beside theirs: `count` of them fill the beginning of each.
 * The batch's reader adds them; the day that they are applied to fills in the rest.
 */
export class DayBatch {
  readonly orders: OrderColumns;
  count = 0;
  /** Places in `orders`. */
  readonly indexes: Int32Array;
  /** Numbers that the day gives to its hours. */
  readonly hours: Int8Array;
  /** 1: accepted long after the end of its hour. */
  readonly lateInGrace: Uint8Array;
  readonly outcomes: Uint8Array;
  /** Numbers that the day gives to users, order numbers and telephones. */
  readonly users: Int32Array;
  readonly orderNos: Int32Array;
  readonly telephones: Int32Array;
  /** The winner that a winner replaced: its hour or NO_HOUR, and then its time, number, telephone and amount. */
  readonly beforeHours: Int8Array;
  readonly beforeTimes: Int32Array;
  readonly beforeOrderNos: Int32Array;
  readonly beforeTelephones: Int32Array;
  readonly beforeAmounts: Int32Array;
  /** Hour of the version that a gross order replaced, or NO_HOUR. */
  readonly beforeGrossHours: Int8Array;

  /** @param capacity orders at most */
  constructor(orders: OrderColumns, capacity: number = orders.length) {
    this.orders = orders;
    this.indexes = new Int32Array(capacity);
    this.hours = new Int8Array(capacity);
    this.lateInGrace = new Uint8Array(capacity);
    this.outcomes = new Uint8Array(capacity);
    this.users = new Int32Array(capacity);
    this.orderNos = new Int32Array(capacity);
    this.telephones = new Int32Array(capacity);
    this.beforeHours = new Int8Array(capacity).fill(NO_HOUR);
    this.beforeTimes = new Int32Array(capacity);
    this.beforeOrderNos = new Int32Array(capacity);
    this.beforeTelephones = new Int32Array(capacity);
    this.beforeAmounts = new Int32Array(capacity * 2);
    this.beforeGrossHours = new Int8Array(capacity).fill(NO_HOUR);
  }

  /** @param index place of the order, @param hour the day's number for its hour */
  add(index: number, hour: number, isLateInGrace = false): void {
    assert(this.count < this.indexes.length, "a day's part is no larger than its batch");
    this.indexes[this.count] = index;
    this.hours[this.count] = hour;
    this.lateInGrace[this.count] = Number(isLateInGrace);
    this.count += 1;
  }

  dispositionOf(place: number): AcceptedDisposition {
    const outcome = this.outcomes[place] as number;
    if (outcome & WON) return "applied";
    return outcome & IS_DUPLICATE ? "duplicate" : "superseded";
  }
}
