import { describe, expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { DayCalendar } from "./day-calendar.ts";

const HOUR = 3_600_000;
const DAY = "2026-03-29";

const calendarIn = (zone: string, hours = 24) => {
  const time = new BusinessTime(zone);
  return { time, calendar: new DayCalendar(time, hours * HOUR) };
};

describe("a day (rule O6)", () => {
  test("closes the given hours after its end, to the millisecond", () => {
    const { time, calendar } = calendarIn("Asia/Shanghai");
    const closesAt = time.endOf(DAY) + 24 * HOUR;
    calendar.touch(DAY, false, 0);
    expect(calendar.advance(closesAt - 1, false)).toEqual([]);
    expect(calendar.isLate(DAY, closesAt - 1)).toBe(false);
    expect(calendar.isLate(DAY, closesAt)).toBe(true);
    expect(calendar.advance(closesAt, false)).toEqual([DAY]);
    expect(calendar.advance(closesAt, false)).toEqual([]);
  });

  test.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["Asia/Shanghai", "2028-02-29", 24],
    ["America/New_York", "2026-03-08", 23],
  ])("of %s, %s, has %d hours and closes after the last of them", (zone, date, hours) => {
    const { time, calendar } = calendarIn(zone);
    expect(time.endOf(date) - time.startOf(date)).toBe(hours * HOUR);
    expect(calendar.isLate(date, time.startOf(date) + (hours + 24) * HOUR - 1)).toBe(false);
    expect(calendar.isLate(date, time.startOf(date) + (hours + 24) * HOUR)).toBe(true);
  });

  test("stays closed when the clock goes back", () => {
    const { time, calendar } = calendarIn("Asia/Shanghai");
    calendar.touch(DAY, false, 0);
    calendar.advance(time.endOf(DAY) + 24 * HOUR, false);
    expect(calendar.isLate(DAY, time.startOf(DAY))).toBe(true);
    expect(calendar.stateOf(DAY).revision).toBe(1);
  });

  test("that a replay fills is closed by the replay's clock, not by the wall clock of others", () => {
    const { time, calendar } = calendarIn("Asia/Shanghai");
    const now = time.endOf(DAY) + 1_000 * HOUR;
    calendar.touch(DAY, true, now);
    expect(calendar.advance(now, false)).toEqual([]);
    expect(calendar.isLate(DAY, time.endOf(DAY))).toBe(false);
    expect(calendar.advance(time.endOf(DAY) + 24 * HOUR, true)).toEqual([DAY]);
  });

  test("that a replay leaves unfinished closes that long after the last of it", () => {
    const { time, calendar } = calendarIn("Asia/Shanghai");
    const now = time.endOf(DAY) + 1_000 * HOUR;
    calendar.touch(DAY, true, now - HOUR);
    expect(calendar.touch(DAY, true, now)).toBe(true);
    expect(calendar.isDue(now + 23 * HOUR)).toBe(false);
    expect(calendar.isDue(now + 24 * HOUR)).toBe(true);
    expect(calendar.advance(now + 24 * HOUR, false)).toEqual([DAY]);
  });

  test("that the wall clock fills is not closed by a replay of later days", () => {
    const { time, calendar } = calendarIn("Asia/Shanghai");
    calendar.touch(DAY, true, 0);
    calendar.touch(DAY, false, 0);
    expect(calendar.advance(time.endOf(DAY) + 99 * HOUR, true)).toEqual([]);
  });

  test("that nobody has seen is closed by the first order that comes too late for it", () => {
    const { calendar } = calendarIn("Asia/Shanghai");
    expect(calendar.miss(DAY, false)).toBe(true);
    expect(calendar.miss(DAY, false)).toBe(false);
    expect(calendar.isLate(DAY, 0)).toBe(true);
  });

  test("is known again after a restart, whatever the setting is then", () => {
    const { time } = calendarIn("Asia/Shanghai");
    const closed = { bizDate: DAY, revision: 2, eventClock: false, touchedAt: 0 };
    const calendar = new DayCalendar(time, 9_000 * HOUR, [closed]);
    expect(calendar.isLate(DAY, 0)).toBe(true);
    expect(calendar.stateOf(DAY)).toEqual(closed);
  });
});
