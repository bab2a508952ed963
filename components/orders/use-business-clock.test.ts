import { expect, test } from "vitest";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { at } from "#testing/factories/events.ts";
import { clockAt } from "./use-business-clock.ts";

test("day, hour and minutes are the business zone's, wherever the reader sits (C1)", () => {
  expect(clockAt(at("11-22 14:23"), new BusinessTime("Asia/Shanghai"))).toEqual({
    today: "2026-11-22",
    openHour: "2026112214",
    minuteOfDay: 863,
    minuteOfHour: 23,
  });
});

test("after a change of the clocks the minute is that of the wall, not of the hours that have passed (O13)", () => {
  const berlin = new BusinessTime("Europe/Berlin");
  expect(clockAt(Date.parse("2026-10-25T09:23:00Z"), berlin)).toMatchObject({
    openHour: "2026102510",
    minuteOfDay: 623,
    minuteOfHour: 23,
  });
});
