import type { IngestBatch } from "#server/contracts/batch.ts";
import type { DayCalendar } from "./day-calendar.ts";
import type { OrderEffects } from "./order-effects.ts";

/** Whether the days still take the orders of one batch (rule O6), order by order as its clock goes on (rule C3). */
export class OrderGate {
  readonly #calendar: DayCalendar;
  readonly #effects: OrderEffects;
  readonly #eventClock: boolean;
  readonly #now: number;
  readonly #firstSeq: bigint;
  /** ms */
  #clock: number;
  /** By the wall clock what was said of a date holds for the whole batch. */
  #accepting = "";

  /**
   * @param firstSeq number of the batch's first event
   * @param now the writer's clock, ms: when a replay was last at work on a day
   */
  constructor(
    calendar: DayCalendar,
    batch: Pick<IngestBatch, "clockFrom" | "eventClock">,
    firstSeq: bigint,
    now: number,
    effects: OrderEffects,
  ) {
    this.#calendar = calendar;
    this.#effects = effects;
    this.#eventClock = batch.eventClock;
    this.#firstSeq = firstSeq;
    this.#now = now;
    this.#clock = batch.clockFrom;
    this.#closeWhatIsDue();
  }

  /** Notes an order that comes too late instead of letting it in. */
  accepts(date: string, eventTime: number, index: number): boolean {
    if (!this.#eventClock && date === this.#accepting) return true;
    if (this.#eventClock && eventTime > this.#clock) {
      this.#clock = eventTime;
      this.#closeWhatIsDue();
    }
    if (this.#calendar.isLate(date, this.#clock)) {
      this.#effects.addLate(date, this.#firstSeq + BigInt(index));
      if (this.#calendar.miss(date, this.#eventClock)) this.#effects.closeDay(date, this.#clock);
      return false;
    }
    if (this.#calendar.touch(date, this.#eventClock, this.#now)) this.#effects.touchedDays.add(date);
    this.#accepting = date;
    return true;
  }

  #closeWhatIsDue(): void {
    for (const date of this.#calendar.advance(this.#clock, this.#eventClock)) {
      this.#effects.closeDay(date, this.#clock);
    }
  }
}
