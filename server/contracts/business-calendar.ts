import { addDays, type BusinessTime } from "./business-time.ts";

/** When the office is open: hours of the week, and days that are otherwise than the week says. */

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MINUTE_MS = 60_000;
const MINUTES_OF_DAY = 1_440;
/** Without an hour of opening in so many days there is none. */
const LOOK_AHEAD_DAYS = 400;
const MOST_DAYS_OF_RANGE = 366;

/** A part of a weekday. */
export interface OpenHours {
  /** 0: Monday. */
  readonly weekday: number;
  /** Minutes of the day; the end is not in it. */
  readonly from: number;
  readonly until: number;
}

/** Days that are not as the week says. */
export interface SpecialDays {
  /** yyyy-mm-dd, both included. */
  readonly first: string;
  readonly last: string;
  readonly name: string;
  /** A day that is worked although the week says otherwise; else a day off. */
  readonly isWorked: boolean;
}

export interface CalendarDays {
  readonly hours: readonly OpenHours[];
  readonly days: readonly SpecialDays[];
}

const HOURS_FORM =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? (\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/**
 * `Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00`; also as it is written in Chinese: `周一至周五 9:00–12:00，周六 09:00-12:00`.
 * @returns null: it is not written so
 */
export function readOpenHours(text: string): OpenHours[] | null {
  const parts = piecesOf(inPlainSigns(text), ",");
  const read = parts.map(hoursIn);
  if (parts.length === 0 || read.some((hours) => hours === null)) return null;
  return read.flatMap((hours) => hours ?? []).toSorted((a, b) => a.weekday - b.weekday || a.from - b.from);
}

function hoursIn(part: string): OpenHours[] | null {
  const [, first, last = first, ...clock] = HOURS_FORM.exec(part) ?? [];
  if (first === undefined) return null;
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = clock.map(Number);
  const [from, until] = [fromHour * 60 + fromMinute, untilHour * 60 + untilMinute];
  const [start, end] = [first, last].map((day) => WEEKDAYS.indexOf(day as (typeof WEEKDAYS)[number]));
  if (start === undefined || end === undefined || start > end) return null;
  if (fromMinute > 59 || untilMinute > 59 || from >= until || until > MINUTES_OF_DAY) return null;
  return Array.from({ length: end - start + 1 }, (_, index) => ({ weekday: start + index, from, until }));
}

const CHINESE_WEEKDAY = /(?:周|星期|礼拜)([一二三四五六日天])/g;

const inPlainSigns = (text: string): string =>
  text
    .replace(
      CHINESE_WEEKDAY,
      (_, day: string) => WEEKDAYS[Math.min("一二三四五六日天".indexOf(day), 6)] ?? "",
    )
    .replace(/[，、；;]/g, ",")
    .replaceAll("：", ":")
    .replace(/ +/g, " ")
    .replace(/ ?[至到–—~～-] ?/g, "-")
    .replace(/\b(\d):/g, "0$1:");

const DAYS_FORM = /^(\+)?(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?(?: +(\S.*))?$/;

/**
 * A day or days a line, or between commas: `2026-10-01..2026-10-07 National Day`; a `+` before a day that is worked:
 * `+2026-10-10 instead of 7 October`.
 * @returns null: it is not written so
 */
export function readSpecialDays(text: string): SpecialDays[] | null {
  const read = piecesOf(text.replaceAll("，", ","), /[,\n]/).map(daysIn);
  if (read.some((days) => days === null)) return null;
  return read.flatMap((days) => days ?? []).toSorted((a, b) => (a.first < b.first ? -1 : 1));
}

/** Marks that turn the direction of writing, and whatever cannot be seen: a name is shown to everybody. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

function daysIn(piece: string): SpecialDays | null {
  if (UNSEEN.test(piece)) return null;
  const [, plus, first = "", last = first, name = ""] = DAYS_FORM.exec(piece) ?? [];
  if (!isDate(first) || !isDate(last) || last < first) return null;
  if (last > addDays(first, MOST_DAYS_OF_RANGE)) return null;
  return { first, last, name, isWorked: plus !== undefined };
}

/** `2026-02-30` is none. */
const isDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const piecesOf = (text: string, by: string | RegExp): string[] =>
  text
    .split(by)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");

/** The office's week and its days off, in the business zone. */
export class BusinessCalendar {
  readonly #time: BusinessTime;
  readonly #calendar: CalendarDays;

  constructor(time: BusinessTime, calendar: CalendarDays) {
    this.#time = time;
    this.#calendar = calendar;
  }

  /** The day that is otherwise than the week says; null: it is as the week says. @param date yyyy-mm-dd */
  specialDay(date: string): SpecialDays | null {
    const on = this.#calendar.days.filter(({ first, last }) => first <= date && date <= last);
    // A day that is worked stands within a range of days off.
    return on.find(({ isWorked }) => isWorked) ?? on[0] ?? null;
  }

  /** Name of the day off that a time lies in; null: it lies in none, or in one without a name. @param time ms */
  holidayAt(time: number): string | null {
    const day = this.specialDay(this.#time.dateOf(time));
    return day && !day.isWorked && day.name !== "" ? day.name : null;
  }

  /** @param time ms */
  isOpen(time: number): boolean {
    const minute = this.#time.minuteOf(time);
    return this.#hoursOn(this.#time.dateOf(time)).some(({ from, until }) => from <= minute && minute < until);
  }

  /**
   * When the office opens next, at least so many days later.
   * @param time ms @param daysLater 0: the same day counts, if an opening of it is still to come
   * @returns ms; null: it never opens
   */
  nextOpening(time: number, daysLater = 0): number | null {
    const first = addDays(this.#time.dateOf(time), daysLater);
    for (let ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead += 1) {
      const date = addDays(first, ahead);
      const openings = this.#hoursOn(date).map(({ from }) => this.#instantOf(date, from));
      const next = openings.find((opening) => opening > time);
      if (next !== undefined) return next;
    }
    return null;
  }

  /** A day that is worked although the week says otherwise has the hours of the first weekday that has any. */
  #hoursOn(date: string): readonly OpenHours[] {
    const { hours } = this.#calendar;
    const special = this.specialDay(date);
    if (special && !special.isWorked) return [];
    const own = hours.filter(({ weekday }) => weekday === weekdayOf(date));
    return own.length > 0 || !special ? own : hours.filter(({ weekday }) => weekday === hours[0]?.weekday);
  }

  /** A minute that a clock change leaves out is the one that it is set to. */
  #instantOf(date: string, minute: number): number {
    const guess = this.#time.startOf(date) + minute * MINUTE_MS;
    const shown = this.#time.dateOf(guess) === date ? this.#time.minuteOf(guess) : minute;
    return guess + (minute - shown) * MINUTE_MS;
  }
}

/** 0: Monday. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
