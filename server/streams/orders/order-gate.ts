import type { IngestBatch } from "#server/contracts/batch.ts";
import type { DayCalendar } from "./day-calendar.ts";
import type { GroupOutput } from "#server/engine/group-output.ts";

/** Whether the days still take the orders of one batch (rule O6), order by order as its clock goes on (rule C3). */
export class OrderGate {
  readonly #calendar: DayCalendar;
  readonly #output: GroupOutput;
  readonly #eventClock: boolean;
  readonly #now: number;
  readonly #firstSeq: bigint;
  /** ms */
  #clock: number;
  /** By the wall clock what was said of a date holds for the whole batch. */
  #admitted = "";

  /**
   * @param firstSeq number of the batch's first event
   * @param now the writer's clock, ms: when a replay was last at work on a day
   */
  constructor(
    calendar: DayCalendar,
    batch: Pick<IngestBatch, "clockFrom" | "eventClock">,
    firstSeq: bigint,
    now: number,
    output: GroupOutput,
  ) {
    this.#calendar = calendar;
    this.#output = output;
    this.#eventClock = batch.eventClock;
    this.#firstSeq = firstSeq;
    this.#now = now;
    this.#clock = batch.clockFrom;
    this.#closeWhatIsDue();
  }

  /** Notes an order that comes too late instead of letting it in. */
  admits(date: string, eventTime: number, index: number): boolean {
    if (!this.#eventClock && date === this.#admitted) return true;
    if (this.#eventClock && eventTime > this.#clock) {
      this.#clock = eventTime;
      this.#closeWhatIsDue();
    }
    if (this.#calendar.isLate(date, this.#clock)) {
      this.#output.addLate(date, this.#firstSeq + BigInt(index));
      if (this.#calendar.miss(date, this.#eventClock)) this.#output.closeDay(date, this.#clock);
      return false;
    }
    if (this.#calendar.touch(date, this.#eventClock, this.#now)) this.#output.touchedDays.add(date);
    this.#admitted = date;
    return true;
  }

  #closeWhatIsDue(): void {
    for (const date of this.#calendar.advance(this.#clock, this.#eventClock)) {
      this.#output.closeDay(date, this.#clock);
    }
  }
}
