import { expect, test } from "vitest";
import { BusinessTime } from "../contracts/business-time.ts";
import { minuteNow, momentOf } from "./same-minute.ts";

const time = new BusinessTime("Europe/Berlin");
const minute = (clock: string) => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};

test.each([
  ["2026-11-22", "10:23", "2026-11-22T09:23:00.000Z"],
  ["2026-11-22", "00:00", "2026-11-21T23:00:00.000Z"],
  ["2026-11-22", "24:00", "2026-11-22T23:00:00.000Z"],
  // 25 hours: 02:30 comes twice, and counts the second time.
  ["2026-10-25", "01:59", "2026-10-24T23:59:00.000Z"],
  ["2026-10-25", "02:30", "2026-10-25T01:30:00.000Z"],
  ["2026-10-25", "10:23", "2026-10-25T09:23:00.000Z"],
  // 23 hours: there is no 02:30, the clock leaps to 03:00.
  ["2026-03-29", "02:30", "2026-03-29T01:00:00.000Z"],
  ["2026-03-29", "10:23", "2026-03-29T08:23:00.000Z"],
])("%s at %s on the wall is %s (O13)", (date, clock, instant) =>
  expect(new Date(momentOf(time, date, minute(clock))).toISOString()).toBe(instant),
);

test("today is compared to the minute that the wall shows, any other day as a whole", () => {
  const now = Date.parse("2026-10-25T09:23:45Z");
  expect(minuteNow(time, "2026-10-25", now)).toBe(minute("10:23"));
  expect(minuteNow(time, "2026-10-24", now)).toBe(1440);
});

test("zones off by quarters of an hour show their own minute", () => {
  expect(new BusinessTime("Asia/Kathmandu").minuteOf(Date.parse("2026-11-22T00:20:00Z"))).toBe(6 * 60 + 5);
});
