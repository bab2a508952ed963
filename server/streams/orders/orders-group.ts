import type { IngestBatch } from "#server/contracts/batch.ts";
import type { BusinessTime } from "#server/contracts/business-time.ts";
import type { Committed } from "#server/contracts/committed.ts";
import type { DispositionCounts } from "#server/contracts/streams.ts";
import { awaitAll } from "#server/db/await-all.ts";
import type { Queryable } from "#server/db/queryable.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";
import type { StreamGroup } from "../stream.ts";
import { applyOrders } from "./operator/apply-orders.ts";
import type { DayCalendar } from "./operator/day-calendar.ts";
import { OrderEffects } from "./operator/order-effects.ts";
import { OrderGate } from "./operator/order-gate.ts";
import type { OrdersDay } from "./operator/orders-day.ts";
import { writeLateOrders } from "./tables/late-orders.ts";
import { closeDays, writeOrderDays } from "./tables/order-days.ts";
import { writeHourCauses } from "./tables/write-hour-causes.ts";
import { writeHours } from "./tables/write-hour-figures.ts";
import { currentRows, writeFewOrderRows } from "./tables/write-order-rows.ts";

/** The state that a group of orders works on. */
export interface OrdersInMemory {
  readonly calendar: DayCalendar;
  /** The day must have been loaded. */
  day(date: string): OrdersDay;
  readonly time: BusinessTime;
  readonly cipher: FieldCipher;
  readonly now: () => number;
}

/** The orders of one group. */
export class OrdersGroup implements StreamGroup<"orders"> {
  readonly effects = new OrderEffects();
  readonly #state: OrdersInMemory;

  /** @param dueBy closes the days that the wall clock has passed by then, ms; null: batches close them by their own clocks (rule O6) */
  constructor(state: OrdersInMemory, dueBy: number | null) {
    this.#state = state;
    if (dueBy === null) return;
    for (const date of state.calendar.advance(dueBy, false)) this.effects.closeDay(date, dueBy);
  }

  get stateRows(): number {
    return this.effects.rows.size;
  }

  apply(batch: IngestBatch<"orders">, firstSeq: bigint): DispositionCounts {
    const { calendar, now } = this.#state;
    const gate = new OrderGate(calendar, batch, firstSeq, now(), this.effects);
    return applyOrders(
      this.#state,
      { orders: batch.events, firstSeq },
      batch,
      (date, time, index) => gate.accepts(date, time, index),
      this.effects,
    );
  }

  async writeState(db: Queryable): Promise<void> {
    await writeFewOrderRows(db, currentRows(this.effects.rows, this.#state), this.#state.cipher);
  }

  async write(db: Queryable, position: number): Promise<Partial<Committed>> {
    const { causes, closedDays, late, moves, touchedDays } = this.effects;
    const hours = [...this.effects.hours].flatMap(([date, numbers]) =>
      [...numbers].map((hour) => this.#state.day(date).figuresOf(hour)),
    );
    const days = [...touchedDays].map((date) => this.#state.calendar.stateOf(date));
    await awaitAll([
      writeHourCauses(db, position, causes.byHour, true),
      writeHours(db, position, hours),
      writeOrderDays(db, days),
      writeLateOrders(db, position, late),
    ]);
    await closeDays(db, position, closedDays);
    return {
      hours,
      moves: moves.told(),
      moveCount: moves.count,
      days: [...closedDays.keys()].map((date) => ({ date, revision: 1 })),
    };
  }
}
