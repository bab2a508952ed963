import { describe, expect, test } from "vitest";
import { BusinessCalendar, readOpenHours, readSpecialDays } from "./business-calendar.ts";
import { BusinessTime } from "./business-time.ts";

const SHANGHAI = new BusinessTime("Asia/Shanghai");
const at = (text: string) => Date.parse(`${text}+08:00`);

const calendar = (hours: string, days = "", time = SHANGHAI) =>
  new BusinessCalendar(time, { hours: readOpenHours(hours) ?? [], days: readSpecialDays(days) ?? [] });

const WEEK = "Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00";
// In 2026 the National Day's week begins on a Thursday; Saturday the tenth is worked instead.
const OCTOBER = "2026-10-01..2026-10-07 National Day\n+2026-10-10 instead of the seventh";

describe("the office is open", () => {
  test.each([
    ["2026-11-27T08:59:59", false],
    ["2026-11-27T09:00:00", true],
    ["2026-11-27T11:59:59", true],
    ["2026-11-27T12:00:00", false],
    ["2026-11-27T13:00:00", true],
    ["2026-11-27T18:00:00", false],
    ["2026-11-28T10:00:00", false],
    ["2026-10-01T10:00:00", false],
    ["2026-10-08T10:00:00", true],
    ["2026-10-10T10:00:00", true],
    ["2026-10-10T12:30:00", false],
  ])("at %s: %s", (time, isOpen) => {
    expect(calendar(WEEK, OCTOBER).isOpen(at(time))).toBe(isOpen);
  });
});

test.each([
  ["2026-10-03T10:00:00", "National Day"],
  ["2026-10-10T10:00:00", null],
  ["2026-11-28T10:00:00", null],
])("the day off at %s is called %s", (time, name) => {
  expect(calendar(WEEK, OCTOBER).holidayAt(at(time))).toBe(name);
});

describe("the next opening", () => {
  test.each([
    ["2026-11-27T08:00:00", 0, "2026-11-27T09:00:00"],
    ["2026-11-27T09:00:00", 0, "2026-11-27T13:00:00"],
    ["2026-11-27T09:00:00", 1, "2026-11-30T09:00:00"],
    ["2026-11-28T10:00:00", 0, "2026-11-30T09:00:00"],
    ["2026-09-30T20:00:00", 0, "2026-10-08T09:00:00"],
    ["2026-10-09T20:00:00", 1, "2026-10-10T09:00:00"],
  ])("after %s, %s days later, is %s", (time, days, opening) => {
    expect(calendar(WEEK, OCTOBER).nextOpening(at(time), days)).toBe(at(opening));
  });

  test("is by the clock on the wall where clocks were changed in the night", () => {
    const berlin = new BusinessTime("Europe/Berlin");
    const open = calendar("Sun 09:00-18:00", "", berlin).nextOpening(Date.parse("2026-03-28T12:00:00+01:00"));
    expect(open).toBe(Date.parse("2026-03-29T09:00:00+02:00"));
  });

  test("is none where every day is off", () => {
    const days = Array.from({ length: 3 }, (_, n) => `${2026 + n}-01-01..${2026 + n}-12-31`).join(",");
    expect(calendar(WEEK, days).nextOpening(at("2026-11-27T10:00:00"))).toBeNull();
  });
});

test("hours as they are written in Chinese are the same hours", () => {
  expect(readOpenHours("周一至周五 9:00–12:00，周一-周五 13：00-18：00、星期天 10:00-12:00")).toEqual(
    readOpenHours("Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00, Sun 10:00-12:00"),
  );
});

describe("what is not written as a calendar is none", () => {
  test.each([
    "",
    "Mon",
    "Mon 09-18",
    "Fri-Mon 09:00-18:00",
    "Mon 18:00-09:00",
    "Mon 09:00-24:01",
    "Mon 09:60-10:00",
  ])("hours %j", (text) => expect(readOpenHours(text)).toBeNull());
  test.each([
    "tomorrow",
    "2026-10-01 \u202eyaD lanoitaN",
    "2026-02-30",
    "2026-10-07..2026-10-01",
    "2026-01-01..2028-01-01",
    "2026-10-01National Day",
  ])("days %j", (text) => expect(readSpecialDays(text)).toBeNull());
  test("no days are days as well", () => expect(readSpecialDays(" \n ")).toEqual([]));
});
