import type { BusinessTime } from "#server/contracts/business-time.ts";

/** How a business day stands (rule O6). */
export interface DayState {
  readonly bizDate: string;
  /** 0: open. */
  readonly revision: number;
  /** Only replays have filled it so far, so their clock closes it. */
  readonly eventClock: boolean;
  /** When an order was last taken for it, by the writer's clock, ms. */
  readonly touchedAt: number;
}

interface Day {
  readonly bizDate: string;
  /** ms; a clock that has reached this has closed the day. */
  readonly closesAt: number;
  revision: number;
  eventClock: boolean;
  touchedAt: number;
  /** An order was taken or came too late: the day has a row. */
  isKnown: boolean;
}

/**
 * Which days are closed (rule O6). A day closes by the clock of those who fill it: by the wall clock a fixed time after
 * its end; while only replays fill it, by theirs, or that same time after the last of them. Closed is for good, whatever
 * clock comes later.
 */
export class DayCalendar {
  readonly #time: Pick<BusinessTime, "endOf">;
  readonly #closeAfterMs: number;
  readonly #days = new Map<string, Day>();
  /** No open day is due before these; ms. */
  #nextByWall = Number.POSITIVE_INFINITY;
  #nextByEvents = Number.POSITIVE_INFINITY;

  constructor(time: Pick<BusinessTime, "endOf">, closeAfterMs: number, dayStates: Iterable<DayState> = []) {
    this.#time = time;
    this.#closeAfterMs = closeAfterMs;
    for (const state of dayStates) {
      Object.assign(this.#day(state.bizDate), state, { isKnown: true });
    }
    this.#lookAhead();
  }

  /** Whether an order of the day comes too late when the clock of its batch stands at `clock`. */
  isLate(date: string, clock: number): boolean {
    const day = this.#day(date);
    return day.revision > 0 || clock >= day.closesAt;
  }

  isClosed(date: string): boolean {
    return (this.#days.get(date)?.revision ?? 0) > 0;
  }

  /** The day takes an order. @returns whether the day's state has changed */
  touch(date: string, eventClock: boolean, now: number): boolean {
    const day = this.#day(date);
    const before = { isKnown: day.isKnown, eventClock: day.eventClock, touchedAt: day.touchedAt };
    day.eventClock = day.isKnown ? day.eventClock && eventClock : eventClock;
    day.isKnown = true;
    if (day.eventClock || !before.isKnown) day.touchedAt = now;
    const isChanged = !before.isKnown || day.eventClock !== before.eventClock;
    if (isChanged) this.#lookAhead();
    return isChanged || day.touchedAt !== before.touchedAt;
  }

  /** An order came too late; a day that nobody has ever seen is closed by that. @returns whether it was closed */
  miss(date: string, eventClock: boolean): boolean {
    const day = this.#day(date);
    if (day.isKnown) return false;
    Object.assign(day, { isKnown: true, eventClock, revision: 1 });
    return true;
  }

  /** Closes what the clock has reached. @returns the days closed */
  advance(clock: number, eventClock: boolean): string[] {
    if (clock < (eventClock ? this.#nextByEvents : this.#nextByWall)) return [];
    const due = [...this.#open()].filter((day) => clock >= this.#dueAt(day, eventClock));
    for (const day of due) day.revision = 1;
    this.#lookAhead();
    return due.map((day) => day.bizDate);
  }

  /** Whether the wall clock alone would close a day now. */
  isDue(now: number): boolean {
    if (now < this.#nextByWall) return false;
    this.#lookAhead(); // days that replays have touched since are due later
    return now >= this.#nextByWall;
  }

  stateOf(date: string): DayState {
    const { bizDate, revision, eventClock, touchedAt } = this.#day(date);
    return { bizDate, revision, eventClock, touchedAt };
  }

  *#open(): Generator<Day> {
    for (const day of this.#days.values()) if (day.isKnown && day.revision === 0) yield day;
  }

  #dueAt(day: Day, eventClock: boolean): number {
    if (eventClock) return day.eventClock ? day.closesAt : Number.POSITIVE_INFINITY;
    return day.eventClock ? Math.max(day.closesAt, day.touchedAt + this.#closeAfterMs) : day.closesAt;
  }

  #lookAhead(): void {
    this.#nextByWall = Number.POSITIVE_INFINITY;
    this.#nextByEvents = Number.POSITIVE_INFINITY;
    for (const day of this.#open()) {
      this.#nextByWall = Math.min(this.#nextByWall, this.#dueAt(day, false));
      this.#nextByEvents = Math.min(this.#nextByEvents, this.#dueAt(day, true));
    }
  }

  #day(date: string): Day {
    let day = this.#days.get(date);
    if (!day) {
      const closesAt = this.#time.endOf(date) + this.#closeAfterMs;
      day = { bizDate: date, closesAt, revision: 0, eventClock: false, touchedAt: 0, isKnown: false };
      this.#days.set(date, day);
    }
    return day;
  }
}
