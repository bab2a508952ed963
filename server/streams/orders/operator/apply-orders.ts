import type { IngestBatch } from "#server/contracts/batch.ts";
import type { BusinessTime } from "#server/contracts/business-time.ts";
import { type DispositionCounts, noDispositions } from "#server/contracts/streams.ts";
import { DayBatch, IS_GROSS, NO_HOUR, WON } from "./day-batch.ts";
import { NONE } from "./hash-slots.ts";
import { HourFinder } from "./hour-finder.ts";
import type { OrderEffects } from "./order-effects.ts";
import type { OrderSource } from "./order-refs.ts";
import type { OrdersDay } from "./orders-day.ts";

/** Accepted later than this after the hour's end, an order is lateInGrace: it revises the hour, ms. */
const GRACE_MS = 60_000;

/** Where a batch's orders go: all that is asked of the state. */
interface Days {
  /** The day must have been loaded. */
  day(date: string): OrdersDay;
  readonly time: BusinessTime;
}

/** Decides, order by order, whether its day still takes it (rule O6). */
export type Accepts = (date: string, eventTime: number, index: number) => boolean;

/** The clock under which orders were accepted (rule C3). */
export type RunClock = Pick<IngestBatch, "clockFrom" | "eventClock">;

/** Applies a batch of orders to their days and notes what they changed. */
export function applyOrders(
  state: Days,
  source: OrderSource,
  clock: RunClock,
  accepts: Accepts,
  effects: OrderEffects,
): DispositionCounts {
  const counts = noDispositions();
  const parts = partsOf(state, source, new OldestHour(state.time, clock), accepts, counts);
  const firstSeq = Number(source.firstSeq);
  for (const [day, part] of parts) {
    day.apply(part);
    noteOutcomes(part, counts);
    noteHours(day, part, effects);
    noteChanges(day, part, source, effects);
    effects.causes.note(day, part, (index) => firstSeq + index);
    effects.moves.note(day, part, source);
  }
  return counts;
}

/** The first hour in which an order is not lateInGrace, order by order as the clock of their batch goes on. */
class OldestHour {
  readonly #finder: HourFinder;
  readonly #eventClock: boolean;
  /** ms */
  #clock: number;

  constructor(time: BusinessTime, { clockFrom, eventClock }: RunClock) {
    this.#finder = new HourFinder(time);
    this.#eventClock = eventClock;
    this.#clock = clockFrom;
    this.#finder.moves(clockFrom - GRACE_MS);
  }

  get bizHour(): string {
    return this.#finder.bizHour;
  }

  /** @param eventTime of the next order, ms @returns whether the hour may be another one than before */
  moves(eventTime: number): boolean {
    if (!this.#eventClock || eventTime <= this.#clock) return false;
    this.#clock = eventTime;
    return this.#finder.moves(this.#clock - GRACE_MS);
  }
}

/** The batch by days; what comes too late is counted and left out. */
function partsOf(
  state: Days,
  { orders }: OrderSource,
  oldest: OldestHour,
  accepts: Accepts,
  counts: DispositionCounts,
): Map<OrdersDay, DayBatch> {
  const parts = new Map<OrdersDay, DayBatch>();
  const { gmtModified } = orders.arrays;
  const finder = new HourFinder(state.time);
  let part: DayBatch | undefined;
  let hour = NO_HOUR;
  let isLateInGrace = false;
  for (let index = 0; index < orders.length; index++) {
    const at = gmtModified[index] as number;
    const isOtherHour = finder.moves(at);
    if (isOtherHour) part = undefined;
    if (oldest.moves(at) || isOtherHour) isLateInGrace = finder.bizHour < oldest.bizHour;
    if (!accepts(finder.bizDate, at, index)) {
      counts.late += 1;
      continue;
    }
    if (!part) {
      const day = state.day(finder.bizDate);
      part = parts.get(day) ?? new DayBatch(orders);
      parts.set(day, part);
      hour = day.hourNumber(finder.bizHour);
    }
    part.add(index, hour, isLateInGrace);
  }
  return parts;
}

function noteOutcomes(part: DayBatch, counts: DispositionCounts): void {
  for (let place = 0; place < part.count; place++) counts[part.dispositionOf(place)] += 1;
}

/** Hours that an order joined or left; those that a late within grace one changed were revised by something late. */
function noteHours(day: OrdersDay, part: DayBatch, effects: OrderEffects): void {
  let touched = 0;
  let revised = 0;
  for (let place = 0; place < part.count; place++) {
    const outcome = part.outcomes[place] as number;
    if (!(outcome & (WON | IS_GROSS))) continue;
    const hour = part.hours[place] as number;
    let hours = 1 << hour;
    const [before, beforeGross] = [part.beforeHours[place] as number, part.beforeGrossHours[place] as number];
    if (before !== NO_HOUR) hours |= 1 << before;
    if (beforeGross !== NO_HOUR) hours |= 1 << beforeGross;
    touched |= hours;
    // A buyer who comes back in time empties an old hour too, but that is no lateness.
    if (part.lateInGrace[place]) revised |= hours;
  }
  for (const hour of numbersIn(touched)) effects.touchHour(day.date, hour);
  for (const hour of numbersIn(revised)) day.markRevised(hour);
}

function noteChanges(day: OrdersDay, part: DayBatch, source: OrderSource, effects: OrderEffects): void {
  const changes = effects.rows.of(day.date);
  changes.from(source, part.count);
  for (let place = 0; place < part.count; place++) {
    const outcome = part.outcomes[place] as number;
    if (!(outcome & (WON | IS_GROSS))) continue;
    changes.add(
      part.indexes[place] as number,
      outcome & WON ? (part.users[place] as number) : NONE,
      outcome & IS_GROSS ? (part.orderNos[place] as number) : NONE,
    );
  }
}

/** The numbers of the bits that are set. */
function* numbersIn(bits: number): Generator<number> {
  for (let number = 0; number < 32; number++) if (bits & (1 << number)) yield number;
}
