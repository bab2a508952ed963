import type { HourAggregate } from "#server/contracts/committed.ts";
import { comparePairs } from "#server/contracts/int64.ts";
import { CUSTOMER_TEL, NO_TEXT, ORDER_NO, TEXTS } from "#server/contracts/order-columns.ts";
import { assert } from "#server/lib/assert.ts";
import { type DayBatch, IS_DUPLICATE, IS_GROSS, NO_HOUR, WON, WON_FIRST } from "./day-batch.ts";
import { DistinctCounts, MAX_HOURS } from "./distinct-counts.ts";
import { GrossTable } from "./gross-table.ts";
import { NONE, VECTOR } from "./hash-slots.ts";
import { Hour } from "./hour.ts";
import type { StoredOrders } from "./stored-orders.ts";
import { TextSpans, TextTable } from "./text-table.ts";
import { STORED, TOUCHED, UserTable } from "./user-table.ts";

const IN_ORDER = Int32Array.from({ length: VECTOR }, (_, place) => place);
/** Times are kept in 32 bits from here, this much before the date's midnight in UTC: before it begins in any zone. */
const BASE_BEFORE_MS = 2 * 86_400_000;

/**
 * All orders of one business date: the last order of each user (O1–O3), the greatest version of each order number
 * (O7), and the figures of the hours (O4, O5). A function of the set of orders applied, in any order. The state lies in
 * flat tables, about 150 bytes a user, where the garbage collector has nothing to visit.
 */
export class OrdersDay {
  readonly date: string;
  readonly users = new UserTable();
  readonly gross = new GrossTable();
  readonly orderNos = new TextTable();
  /** ms */
  readonly #base: number;
  readonly #telephones = new TextTable();
  readonly #policies = new DistinctCounts(this.orderNos);
  readonly #holders = new DistinctCounts(this.#telephones);
  readonly #hours: Hour[] = [];
  readonly #hourNumbers = new Map<string, number>();
  readonly #spans = new TextSpans();

  constructor(date: string) {
    this.date = date;
    this.#base = Date.parse(`${date}T00:00:00Z`) - BASE_BEFORE_MS;
  }

  /**
   * Applies orders of this day, vector by vector, and one step after the other for all of a vector: each step's look-ups
   * are independent of one another, so the processor waits for many at once. A user who wins more than once in a vector
   * touches the hours once.
   */
  apply(batch: DayBatch): void {
    for (let from = 0; from < batch.count; from += VECTOR) {
      const to = Math.min(from + VECTOR, batch.count);
      this.#findUsers(batch, from, to);
      this.#findOrderNos(batch, from, to);
      this.#applyGross(batch, from, to);
      this.#findTelephones(batch, from, to);
      this.#decideWinners(batch, from, to);
      this.#retractReplaced(batch, from, to);
      this.#joinWinners(batch, from, to);
    }
  }

  /** The number of a business hour of this day. */
  hourNumber(bizHour: string): number {
    const known = this.#hourNumbers.get(bizHour);
    if (known !== undefined) return known;
    const number = this.#hours.push(new Hour(bizHour)) - 1;
    assert(number < MAX_HOURS, "a business date has at most 25 hours");
    this.#hourNumbers.set(bizHour, number);
    return number;
  }

  /** yyyyMMddHH of a number. */
  bizHour(number: number): string {
    return this.#hour(number).bizHour;
  }

  /** Event time of a time as the day keeps it, ms. */
  timeAt(time: number): number {
    return time + this.#base;
  }

  /**
   * The numbers of telephones that lie in `bytes`.
   * @param numbers is filled from its beginning; NONE where there is none
   */
  telephoneNumbers(bytes: Uint8Array, spans: TextSpans, count: number, numbers: Int32Array): void {
    this.#telephones.idsOf(bytes, spans, count, numbers, 0);
  }

  /** Puts back stored winners without comparing: rows of the state tables are winners already. */
  restoreWinners(stored: StoredOrders): void {
    this.#findStored(stored);
    const { users, orderNos, telephones, hours, gmtModified, amounts } = stored;
    for (let place = 0; place < stored.count; place++) {
      const user = users[place] as number;
      this.users.setWinner(
        user,
        (gmtModified[place] as number) - this.#base,
        orderNos[place] as number,
        telephones[place] as number,
        hours[place] as number,
        amounts[place * 2] as number,
        amounts[place * 2 + 1] as number,
      );
      this.users.mark(user, STORED);
      this.#join(user);
    }
  }

  /** The same for gross orders. */
  restoreGross(stored: StoredOrders): void {
    this.#findStored(stored);
    const { users, orderNos, hours, gmtModified, amounts } = stored;
    for (let place = 0; place < stored.count; place++) {
      const [orderNo, hour] = [orderNos[place] as number, hours[place] as number];
      const [low, high] = [amounts[place * 2] as number, amounts[place * 2 + 1] as number];
      const time = (gmtModified[place] as number) - this.#base;
      this.gross.set(orderNo, time, users[place] as number, hour, low, high);
      this.gross.mark(orderNo, STORED);
      this.#hour(hour).joinGross(low, high);
    }
  }

  /** Notes that something accepted late changed the hour. */
  markRevised(hour: number): void {
    this.#hour(hour).revisedByLate = true;
  }

  figuresOf(hour: number): HourAggregate {
    return this.#hour(hour).figures(this.#policies.of(hour), this.#holders.of(hour));
  }

  /** Hours that have ever had an order. */
  hours(): HourAggregate[] {
    return this.#hours.map((_, hour) => this.figuresOf(hour));
  }

  /** Rows of state: last orders and gross orders. */
  get size(): number {
    return this.users.size + this.gross.size;
  }

  #findStored({ userIds, users, bytes, spans, orderNos, count }: StoredOrders): void {
    this.users.rowsOf(userIds, IN_ORDER, 0, count, users);
    this.orderNos.idsOf(bytes, spans, count, orderNos, 0);
  }

  #findUsers({ indexes, users, orders }: DayBatch, from: number, to: number): void {
    this.users.rowsOf(orders.arrays.userIds, indexes, from, to, users);
  }

  #findOrderNos({ indexes, orderNos, orders }: DayBatch, from: number, to: number): void {
    const { bytes, textStarts, textLengths } = orders.arrays;
    const { starts, ends } = this.#spans;
    for (let place = from; place < to; place++) {
      const index = indexes[place] as number;
      const start = textStarts[index] as number;
      starts[place - from] = start;
      ends[place - from] = start + (textLengths[index * TEXTS + ORDER_NO] as number);
    }
    this.orderNos.idsOf(bytes, this.#spans, to - from, orderNos, from);
  }

  /** Rule O7: the greatest (gmt_modified, account_payble, id) of each order number. */
  #applyGross(batch: DayBatch, from: number, to: number): void {
    const { gmtModified, payable } = batch.orders.arrays;
    for (let place = from; place < to; place++) {
      const index = batch.indexes[place] as number;
      const time = (gmtModified[index] as number) - this.#base;
      const [low, high] = [payable[index * 2] as number, payable[index * 2 + 1] as number];
      const orderNo = batch.orderNos[place] as number;
      const user = batch.users[place] as number;
      if (this.gross.has(orderNo)) {
        if (this.#compareGross(orderNo, time, low, high, user) >= 0) continue;
        const before = this.gross.hourOf(orderNo);
        batch.beforeGrossHours[place] = before;
        this.#hour(before).leaveGross(this.gross.amountLowOf(orderNo), this.gross.amountHighOf(orderNo));
      }
      const hour = batch.hours[place] as number;
      this.gross.set(orderNo, time, user, hour, low, high);
      this.#hour(hour).joinGross(low, high);
      batch.outcomes[place] = IS_GROSS;
    }
  }

  /** The current version against another one. */
  #compareGross(orderNo: number, time: number, low: number, high: number, user: number): number {
    const { gross } = this;
    return (
      gross.timeOf(orderNo) - time ||
      comparePairs(gross.amountLowOf(orderNo), gross.amountHighOf(orderNo), low, high) ||
      this.users.compareIds(gross.userOf(orderNo), user)
    );
  }

  /** Only of orders that may win: most that do not are older than the winner. Most buyers keep their telephone. */
  #findTelephones({ indexes, users, telephones, orders }: DayBatch, from: number, to: number): void {
    const { bytes, gmtModified, textStarts, textLengths } = orders.arrays;
    const { starts, ends } = this.#spans;
    for (let place = from; place < to; place++) {
      const index = indexes[place] as number;
      const start = (textStarts[index] as number) + (textLengths[index * TEXTS + ORDER_NO] as number);
      const user = users[place] as number;
      const isOlder = this.#isOlder(user, gmtModified[index] as number);
      telephones[place] = this.users.telephoneOf(user);
      starts[place - from] = start;
      ends[place - from] =
        start + (isOlder ? NO_TEXT : (textLengths[index * TEXTS + CUSTOMER_TEL] as number));
    }
    this.#telephones.idsOfLikely(bytes, this.#spans, to - from, telephones, from);
  }

  #isOlder(user: number, gmtModified: number): boolean {
    return this.users.orderNoOf(user) !== NONE && gmtModified - this.#base < this.users.timeOf(user);
  }

  /** Rule O2, order by order, since an order may compare with one of its own batch. */
  #decideWinners(batch: DayBatch, from: number, to: number): void {
    const { users } = this;
    const { gmtModified, payable } = batch.orders.arrays;
    for (let place = from; place < to; place++) {
      const index = batch.indexes[place] as number;
      const user = batch.users[place] as number;
      const orderNo = batch.orderNos[place] as number;
      const telephone = batch.telephones[place] as number;
      const time = (gmtModified[index] as number) - this.#base;
      const [low, high] = [payable[index * 2] as number, payable[index * 2 + 1] as number];
      if (users.orderNoOf(user) !== NONE) {
        const comparison = this.#compareWinner(user, time, orderNo, low, high, telephone);
        if (comparison === 0) batch.outcomes[place] = (batch.outcomes[place] as number) | IS_DUPLICATE;
        if (comparison >= 0) continue;
        this.#keepReplaced(batch, place, user);
      }
      const first = users.isMarked(user, TOUCHED) ? 0 : WON_FIRST;
      batch.outcomes[place] = (batch.outcomes[place] as number) | WON | first;
      users.mark(user, TOUCHED);
      users.setWinner(user, time, orderNo, telephone, batch.hours[place] as number, low, high);
    }
  }

  /** The current winner against another order; NONE and a null amount are lowest, like null (C6). */
  #compareWinner(
    user: number,
    time: number,
    orderNo: number,
    low: number,
    high: number,
    telephone: number,
  ): number {
    const { users } = this;
    return (
      users.timeOf(user) - time ||
      this.orderNos.compare(users.orderNoOf(user), orderNo) ||
      comparePairs(users.amountLowOf(user), users.amountHighOf(user), low, high) ||
      this.#compareTelephones(users.telephoneOf(user), telephone)
    );
  }

  #compareTelephones(a: number, b: number): number {
    return a === NONE || b === NONE ? a - b : this.#telephones.compare(a, b);
  }

  #keepReplaced(batch: DayBatch, place: number, user: number): void {
    batch.beforeHours[place] = this.users.hourOf(user);
    batch.beforeTimes[place] = this.users.timeOf(user);
    batch.beforeOrderNos[place] = this.users.orderNoOf(user);
    batch.beforeTelephones[place] = this.users.telephoneOf(user);
    batch.beforeAmounts[place * 2] = this.users.amountLowOf(user);
    batch.beforeAmounts[place * 2 + 1] = this.users.amountHighOf(user);
  }

  /** Takes out of the hours the winners that stood before the vector. */
  #retractReplaced(batch: DayBatch, from: number, to: number): void {
    this.orderNos.fetchReferenceCounts(batch.beforeOrderNos, from, to);
    for (let place = from; place < to; place++) {
      const hour = batch.beforeHours[place] as number;
      if (hour === NO_HOUR || !((batch.outcomes[place] as number) & WON_FIRST)) continue;
      const telephone = batch.beforeTelephones[place] as number;
      this.#policies.leave(batch.beforeOrderNos[place] as number, hour);
      if (telephone !== NONE) this.#holders.leave(telephone, hour);
      this.#hour(hour).leave(
        batch.beforeAmounts[place * 2] as number,
        batch.beforeAmounts[place * 2 + 1] as number,
      );
    }
  }

  /** Puts into the hours the winners that stand after it. */
  #joinWinners({ outcomes, users }: DayBatch, from: number, to: number): void {
    for (let place = from; place < to; place++) {
      if (!((outcomes[place] as number) & WON_FIRST)) continue;
      const user = users[place] as number;
      this.users.unmark(user, TOUCHED);
      this.#join(user);
    }
  }

  #join(user: number): void {
    const { users } = this;
    const hour = users.hourOf(user);
    const telephone = users.telephoneOf(user);
    this.#policies.join(users.orderNoOf(user), hour);
    if (telephone !== NONE) this.#holders.join(telephone, hour);
    this.#hour(hour).join(users.amountLowOf(user), users.amountHighOf(user));
  }

  #hour(number: number): Hour {
    const hour = this.#hours[number];
    assert(hour !== undefined, "an hour's number comes from its name");
    return hour;
  }
}
