import { expect, test } from "vitest";
import { minus, sumHours } from "./prepare-totals.ts";

test("sums are exact where floating point is not (C4)", () => {
  const hours = Array.from({ length: 10 }, (_, index) => ({
    bizHour: `202611220${index}`,
    totalPremium: "0.10",
    policyCount: 1,
    policyHolderCount: 2,
    grossPremium: "99999999999999.99",
    grossOrderCount: 3,
    partial: false,
    revisedByLate: false,
  }));
  expect(sumHours(hours)).toEqual({
    totalPremium: "1.00",
    policyCount: 10,
    policyHolderCount: 20,
    grossPremium: "999999999999999.90",
    grossOrderCount: 30,
  });
});

test("a difference keeps its sign and its two digits", () => {
  expect(minus("1.00", "1.05")).toBe("-0.05");
});
