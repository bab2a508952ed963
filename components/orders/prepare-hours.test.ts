import { describe, expect, test } from "vitest";
import type { ComparedHour, HourFigures } from "#server/contracts/api/orders.ts";
import { countColumns, premiumColumns, prepareHours } from "./prepare-hours.ts";

const hour = (bizHour: string, given: Partial<HourFigures> = {}): HourFigures => ({
  bizHour,
  totalPremium: "50.00",
  policyCount: 1,
  policyHolderCount: 1,
  grossPremium: "150.00",
  grossOrderCount: 2,
  partial: false,
  revisedByLate: false,
  ...given,
});

const thatHour = (clock: string, totalPremium: string): ComparedHour => ({
  clock,
  totalPremium,
  policyCount: 1,
  policyHolderCount: 1,
  grossPremium: "150.00",
  grossOrderCount: 1,
});

const rows = prepareHours(
  "2026-11-22",
  [hour("2026112210"), hour("2026112211", { revisedByLate: true })],
  {
    hours: [thatHour("10", "70.00"), thatHour("11", "90.00"), thatHour("12", "30.00")],
    hoursThen: [thatHour("10", "75.00"), thatHour("11", "20.00")],
  },
  "2026112211",
);
const at = <T>(list: readonly T[], index: number) => list[index];

test("24 hours of the clock; an hour without figures is a gap, not a zero (O5)", () => {
  expect(rows).toHaveLength(24);
  expect(at(rows, 9)).toEqual({
    bizHour: "2026112209",
    clock: "09",
    now: null,
    until: null,
    whole: null,
    isPartial: false,
    isAhead: false,
  });
  expect(at(premiumColumns(rows, "both"), 9)).toMatchObject({ solid: null, outline: null, compared: null });
});

test("what it is compared with stands behind it: the running hour and those ahead as a whole, others up to the minute (O13)", () => {
  const compared = premiumColumns(rows, "last").map((column) => column.compared);
  expect(compared.slice(9, 14)).toEqual([null, 75, 90, 30, null]);
  expect(at(rows, 11)?.until?.totalPremium).toBe("20.00");
  expect(at(rows, 12)).toMatchObject({ isAhead: true, until: null });
  expect(rows.filter((row) => row.isPartial).map((row) => row.clock)).toEqual(["11"]);
});

describe("which premium is drawn (O7)", () => {
  test.each([
    ["last", { solid: 50, outline: null, compared: 75 }],
    ["gross", { solid: null, outline: 150, compared: 150 }],
    ["both", { solid: 50, outline: 150, compared: 75 }],
  ] as const)("%s", (show, column) => {
    expect(at(premiumColumns(rows, show), 10)).toMatchObject(column);
  });
});

test("late orders mark the premium alone", () => {
  expect(at(premiumColumns(rows, "last"), 11)?.isMarked).toBe(true);
  expect(at(countColumns(rows, "policyCount"), 11)).toMatchObject({ solid: 1, isMarked: false });
});
