import type { HourAggregate } from "../contracts/committed.ts";
import type { OrderEvent } from "../contracts/events.ts";
import type { AcceptedDisposition } from "../contracts/streams.ts";
import { assert } from "../lib/assert.ts";
import { compareFen } from "./compare.ts";
import { DistinctCounts, MAX_HOURS } from "./distinct-counts.ts";
import { GrossTable, type GrossVersion } from "./gross-table.ts";
import { Hour } from "./hour.ts";
import { TextTable } from "./text-table.ts";
import { NO_AMOUNT, NONE, UserTable, type Winner } from "./user-table.ts";

/** An accepted order with its place: its number in the stream and the business hour of its gmt_modified. */
export interface PlacedOrder {
  readonly event: OrderEvent;
  readonly seq: bigint;
  readonly bizHour: string;
}

/** What the day keeps of a winner: the columns that rule O2 compares. */
type KeptOrder = Pick<OrderEvent, "userId" | "orderNo" | "gmtModified" | "payable" | "customerTel">;

/** A winner that was replaced. */
export interface ReplacedOrder {
  readonly event: KeptOrder;
  readonly bizHour: string;
}

/** Its texts are read when they are asked for: of most replaced orders nobody tells. */
class Replaced implements ReplacedOrder {
  readonly bizHour: string;
  readonly #userId: string;
  readonly #winner: Winner;
  readonly #day: OrdersDay;

  constructor(userId: string, winner: Winner, bizHour: string, day: OrdersDay) {
    this.#userId = userId;
    this.#winner = winner;
    this.bizHour = bizHour;
    this.#day = day;
  }

  get event(): KeptOrder {
    return this.#day.read(this.#userId, this.#winner);
  }
}

/** What the standing gross version of an order number is (rule O7). */
export interface GrossOrder {
  readonly orderNo: string;
  readonly gmtModified: number;
  readonly payable: bigint | null;
  readonly userId: string;
  readonly bizHour: string;
}

/** What one order changed; all business hours named lie in the day. */
export interface OrderVerdict {
  readonly disposition: AcceptedDisposition;
  /** The order won; `before` is the winner that it replaced. */
  readonly winner: { readonly order: PlacedOrder; readonly before: ReplacedOrder | null } | null;
  /** The order is the standing version of its number. */
  readonly gross: { readonly order: GrossOrder; readonly before: GrossOrder | null } | null;
}

/** Times are kept in 32 bits from here, this much before the date's midnight in UTC: before it begins in any zone. */
const BASE_BEFORE_MS = 2 * 86_400_000;

/**
 * All orders of one business date: the last order of each user (O1–O3), the greatest version of each order number
 * (O7), and the figures of the hours (O4, O5). A function of the set of orders applied, in any order. The state lies in
 * flat tables, about 150 bytes a user, where the garbage collector has nothing to visit.
 */
export class OrdersDay {
  readonly date: string;
  /** ms */
  readonly #base: number;
  readonly #users = new UserTable();
  readonly #gross = new GrossTable();
  readonly #orderNos = new TextTable();
  readonly #telephones = new TextTable();
  readonly #policies = new DistinctCounts();
  readonly #holders = new DistinctCounts();
  readonly #hours: Hour[] = [];
  readonly #hourNumbers = new Map<string, number>();

  constructor(date: string) {
    this.date = date;
    this.#base = Date.parse(`${date}T00:00:00Z`) - BASE_BEFORE_MS;
  }

  /** The order must belong to this day. */
  apply(order: PlacedOrder): OrderVerdict {
    const { event, bizHour } = order;
    const time = event.gmtModified - this.#base;
    const hour = this.#hourNumber(bizHour);
    const amount = event.payable ?? NO_AMOUNT;
    const user = this.#users.rowOf(event.userId);
    const orderNo = this.#orderNos.idOf(event.orderNo);
    const gross = this.#applyGross(orderNo, { time, user, hour, amount }, event);
    const isFirst = !this.#users.hasWinner(user);
    if (!isFirst && time < this.#users.timeOf(user)) {
      return { disposition: "superseded", winner: null, gross };
    }
    const telephone = event.customerTel === null ? NONE : this.#telephones.idOf(event.customerTel);
    const winner = { time, orderNo, amount, telephone, hour };
    if (isFirst) {
      this.#join(user, winner);
      return { disposition: "applied", winner: { order, before: null }, gross };
    }
    const standing = this.#users.winnerOf(user);
    const comparison = this.#compareWinners(winner, standing);
    if (comparison <= 0) {
      return { disposition: comparison === 0 ? "duplicate" : "superseded", winner: null, gross };
    }
    this.#leave(standing);
    this.#join(user, winner);
    return {
      disposition: "applied",
      winner: { order, before: this.#replaced(event.userId, standing) },
      gross,
    };
  }

  /** Puts back a stored row without comparing: rows of the state tables are winners already. */
  restoreWinner({ event, bizHour }: Omit<PlacedOrder, "seq">): void {
    this.#join(this.#users.rowOf(event.userId), {
      time: event.gmtModified - this.#base,
      orderNo: this.#orderNos.idOf(event.orderNo),
      amount: event.payable ?? NO_AMOUNT,
      telephone: event.customerTel === null ? NONE : this.#telephones.idOf(event.customerTel),
      hour: this.#hourNumber(bizHour),
    });
  }

  restoreGross(order: GrossOrder): void {
    const amount = order.payable ?? NO_AMOUNT;
    const hour = this.#hourNumber(order.bizHour);
    const user = this.#users.rowOf(order.userId);
    const time = order.gmtModified - this.#base;
    this.#gross.set(this.#orderNos.idOf(order.orderNo), { time, user, hour, amount });
    this.#hour(hour).joinGross(amount);
  }

  /** Notes that something accepted late changed the hour. */
  markRevised(bizHour: string): void {
    this.#hour(this.#hourNumber(bizHour)).revisedByLate = true;
  }

  figuresOf(bizHour: string): HourAggregate {
    const number = this.#hourNumber(bizHour);
    return this.#hour(number).figures(this.#policies.of(number), this.#holders.of(number));
  }

  /** Hours that have ever had an order. */
  hours(): HourAggregate[] {
    return this.#hours.map((hour) => this.figuresOf(hour.bizHour));
  }

  /** Rows of state: last orders and gross orders. */
  get size(): number {
    return this.#users.size + this.#gross.size;
  }

  #join(user: number, winner: Winner): void {
    this.#users.setWinner(user, winner);
    this.#hour(winner.hour).join(winner.amount);
    this.#policies.join(winner.orderNo, winner.hour);
    if (winner.telephone !== NONE) this.#holders.join(winner.telephone, winner.hour);
  }

  #leave(winner: Winner): void {
    this.#hour(winner.hour).leave(winner.amount);
    this.#policies.leave(winner.orderNo, winner.hour);
    if (winner.telephone !== NONE) this.#holders.leave(winner.telephone, winner.hour);
  }

  /** Rule O2: what makes an order the last one. NONE and NO_AMOUNT are lowest, like null. */
  #compareWinners(a: Winner, b: Winner): number {
    return (
      a.time - b.time ||
      this.#orderNos.compare(a.orderNo, b.orderNo) ||
      compareFen(a.amount, b.amount) ||
      this.#compareTelephones(a.telephone, b.telephone)
    );
  }

  #compareTelephones(a: number, b: number): number {
    return a === NONE || b === NONE ? a - b : this.#telephones.compare(a, b);
  }

  #applyGross(orderNo: number, version: GrossVersion, event: OrderEvent): OrderVerdict["gross"] {
    const before = this.#gross.versionOf(orderNo);
    if (before && this.#compareGross(version, before) <= 0) return null;
    this.#gross.set(orderNo, version);
    if (before) this.#hour(before.hour).leaveGross(before.amount);
    this.#hour(version.hour).joinGross(version.amount);
    return {
      order: this.#grossOrder(event.orderNo, event.userId, version),
      before: before && this.#grossOrder(event.orderNo, this.#users.idOf(before.user), before),
    };
  }

  /** Rule O7: what makes a version of an order number the greatest. */
  #compareGross(a: GrossVersion, b: GrossVersion): number {
    return a.time - b.time || compareFen(a.amount, b.amount) || this.#users.compareIds(a.user, b.user);
  }

  #grossOrder(orderNo: string, userId: string, { time, hour, amount }: GrossVersion): GrossOrder {
    return {
      orderNo,
      gmtModified: time + this.#base,
      payable: amount === NO_AMOUNT ? null : amount,
      userId,
      bizHour: this.#hour(hour).bizHour,
    };
  }

  #replaced(userId: string, winner: Winner): ReplacedOrder {
    const { bizHour } = this.#hour(winner.hour);
    return new Replaced(userId, winner, bizHour, this);
  }

  /** A kept winner in words. */
  read(userId: string, { time, orderNo, amount, telephone }: Winner): KeptOrder {
    return {
      userId,
      orderNo: this.#orderNos.textOf(orderNo),
      gmtModified: time + this.#base,
      payable: amount === NO_AMOUNT ? null : amount,
      customerTel: telephone === NONE ? null : this.#telephones.textOf(telephone),
    };
  }

  #hour(number: number): Hour {
    const hour = this.#hours[number];
    assert(hour !== undefined, "an hour's number comes from its name");
    return hour;
  }

  #hourNumber(bizHour: string): number {
    const known = this.#hourNumbers.get(bizHour);
    if (known !== undefined) return known;
    const number = this.#hours.push(new Hour(bizHour)) - 1;
    assert(number < MAX_HOURS, "a business date has at most 25 hours");
    this.#hourNumbers.set(bizHour, number);
    return number;
  }
}
