import { expect, test } from "vitest";
import { at } from "#testing/factories/events.ts";
import { BusinessTime } from "../contracts/business-time.ts";
import { spanOfHour } from "./span-of-hour.ts";

const shanghai = new BusinessTime("Asia/Shanghai");
const berlin = new BusinessTime("Europe/Berlin");
const HOUR_MS = 3_600_000;

test("an hour is its own sixty minutes in the business zone (C1)", () => {
  const start = at("11-22 10:00");
  expect(spanOfHour("2026112210", shanghai)).toEqual({ start, end: start + HOUR_MS });
});

test("an hour that a clock change repeats lasts two; one that it leaves out does not exist", () => {
  const repeated = spanOfHour("2026102502", berlin);
  expect((repeated?.end ?? 0) - (repeated?.start ?? 0)).toBe(2 * HOUR_MS);
  expect(spanOfHour("2026032902", berlin)).toBeNull();
});

test.each(["", "2026", "2026112224", "2026133100", "2026023000", "20261122aa"])("%j is no hour", (text) => {
  expect(spanOfHour(text, shanghai)).toBeNull();
});
