import { expect, test } from "vitest";
import { fen } from "#testing/factories/events.ts";
import { NO_MEASURES } from "../contracts/hour-measures.ts";
import { meanHours } from "./compared-hours.ts";

const day = (clock: string, totalPremium: bigint, policyCount: number) =>
  new Map([[clock, { ...NO_MEASURES, totalPremium, policyCount }]]);

test("means are exact and rounded half away from zero: to the fen, and counts to whole ones (C4, O13)", () => {
  const mean = meanHours([day("10", fen("0.01"), 3), day("10", fen("0.00"), 4)]).get("10");
  expect(mean).toMatchObject({ totalPremium: fen("0.01"), policyCount: 4 });
  const below = meanHours([day("10", fen("-0.01"), 1), day("10", fen("0.00"), 0)]).get("10");
  expect(below).toMatchObject({ totalPremium: fen("-0.01"), policyCount: 1 });
});

test("sums beyond floating point stay exact", () => {
  const huge = fen("9007199254740993.01");
  expect(
    meanHours([day("10", huge, 1), day("10", huge, 1), day("10", huge, 1)]).get("10")?.totalPremium,
  ).toBe(huge);
});

test("a day without an hour counts with nothing there; an hour that none has stays a gap (O5)", () => {
  const mean = meanHours([day("10", fen("9.00"), 3), day("11", fen("6.00"), 3), day("11", fen("6.00"), 3)]);
  expect([...mean].map(([clock, { totalPremium }]) => [clock, totalPremium])).toEqual([
    ["10", fen("3.00")],
    ["11", fen("4.00")],
  ]);
});
