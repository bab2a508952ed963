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
