import type pg from "pg";
import type { IngestBatch } from "#server/contracts/batch.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { LoggedBatch } from "../log/log.ts";
import type { StateSettings, StreamState } from "../stream.ts";
import { WriteBehind } from "../write-behind.ts";
import { applyOrders } from "./operator/apply-orders.ts";
import { DayCalendar } from "./operator/day-calendar.ts";
import { datesOf } from "./operator/hour-finder.ts";
import { OrderBuffer } from "./operator/order-buffer.ts";
import { OrderEffects } from "./operator/order-effects.ts";
import type { OrdersDay } from "./operator/orders-day.ts";
import { OrdersGroup, type OrdersInMemory } from "./orders-group.ts";
import { readLateAfter } from "./tables/late-orders.ts";
import { loadDay } from "./tables/load-day.ts";
import { readOrderDays } from "./tables/order-days.ts";
import { copyOrderRows, currentRows } from "./tables/write-order-rows.ts";

const HOUR_MS = 3_600_000;

/** Business days in memory, and which of them are closed. */
export class OrdersState implements StreamState<"orders">, OrdersInMemory {
  readonly calendar: DayCalendar;
  readonly time: StateSettings["time"];
  readonly cipher: StateSettings["cipher"];
  readonly now: () => number;
  readonly #mostOrders: number;
  /** In order of use, the least recently used first. */
  readonly #days = new Map<string, OrdersDay>();
  readonly #behind = new WriteBehind(() => new OrderBuffer());

  static async open(db: pg.ClientBase, settings: StateSettings): Promise<OrdersState> {
    const closeAfterMs = settings.dayCloseAfterHours * HOUR_MS;
    return new OrdersState(new DayCalendar(settings.time, closeAfterMs, await readOrderDays(db)), settings);
  }

  private constructor(calendar: DayCalendar, { time, cipher, now, residency }: StateSettings) {
    this.calendar = calendar;
    this.time = time;
    this.cipher = cipher;
    this.now = now;
    this.#mostOrders = residency.orders;
  }

  get waitingRows(): number {
    return this.#behind.waitingRows;
  }

  isDue(now: number): boolean {
    return this.calendar.isDue(now);
  }

  async ensureLoaded(db: pg.ClientBase, batches: readonly IngestBatch<"orders">[]): Promise<void> {
    const dates = new Set(batches.flatMap(({ events }) => [...datesOf(events, this.time)]));
    for (const date of dates) if (!this.calendar.isClosed(date)) await this.#ensureDay(db, date);
  }

  /** The day must have been loaded. */
  day(date: string): OrdersDay {
    const day = this.#days.get(date);
    if (!day) throw new Error(`day ${date} was not loaded`);
    return day;
  }

  async openGroup(
    _db: Queryable,
    _batches: readonly IngestBatch<"orders">[],
    dueBy: number | null,
  ): Promise<OrdersGroup> {
    return new OrdersGroup(this, dueBy);
  }

  writeBehind(group: OrdersGroup): void {
    this.#behind.add(group.effects.rows);
  }

  /** What is written is settled at once: memory may then go on to what is not committed yet. */
  takeWaiting(): (db: pg.ClientBase) => Promise<void> {
    const current = currentRows(this.#behind.take(), this);
    return (db) => copyOrderRows(db, current, this.cipher);
  }

  settle(): void {
    this.#behind.settle();
  }

  evict(): void {
    let orders = 0;
    for (const day of this.#days.values()) orders += day.size;
    if (orders <= this.#mostOrders) return;
    const newest = [...this.#days.keys()].at(-1);
    for (const [date, day] of this.#days) {
      if (orders <= this.#mostOrders) return;
      // However large the newest day is, the next batch needs it.
      if (date === newest || this.#behind.unwritten.some((rows) => rows.has(date))) continue;
      this.#days.delete(date);
      orders -= day.size;
    }
  }

  async recover(
    db: pg.ClientBase,
    log: AsyncIterable<LoggedBatch<"orders">>,
    coveredPosition: number,
  ): Promise<void> {
    // Which orders came too late was decided at their commit: a setting that has changed since decides nothing anew.
    const late = await readLateAfter(db, coveredPosition);
    const effects = new OrderEffects();
    for await (const { firstSeq, runs } of log) {
      let next = firstSeq;
      for (const { events, acceptedAt, eventClock } of runs) {
        for (const date of datesOf(events, this.time)) await this.#ensureDay(db, date);
        const first = next;
        const accepts = (_date: string, _time: number, index: number) => !late.has(first + BigInt(index));
        // Where a replay's clock stood before is not in the log: from the beginning, it makes no hour late that is not noted so.
        const clock = { clockFrom: eventClock ? 0 : acceptedAt, eventClock };
        applyOrders(this, { orders: events, firstSeq: first }, clock, accepts, effects);
        effects.causes.clear(); // kept at their commit
        next += BigInt(events.length);
      }
    }
    this.#behind.add(effects.rows);
  }

  async #ensureDay(db: pg.ClientBase, date: string): Promise<void> {
    const day = this.#days.get(date) ?? (await loadDay(db, date, this.time, this.cipher));
    this.#days.delete(date);
    this.#days.set(date, day);
  }
}
