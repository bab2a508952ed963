import { describe, expect, test } from "vitest";
import type { HourFigures } from "#server/contracts/api/orders.ts";
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

const rows = prepareHours(
  "2026-11-22",
  [hour("2026112210"), hour("2026112211", { revisedByLate: true })],
  [hour("2026112110", { totalPremium: "70.00" })],
  "2026112211",
);
const at = <T>(list: readonly T[], index: number) => list[index];

test("24 hours of the clock; an hour without figures is a gap, not a zero (O5)", () => {
  expect(rows).toHaveLength(24);
  expect(at(rows, 9)).toEqual({
    bizHour: "2026112209",
    clock: "09",
    now: null,
    before: null,
    isPartial: false,
  });
  expect(at(premiumColumns(rows, "both"), 9)).toMatchObject({ solid: null, outline: null, ghost: null });
});

test("the same hour of the other day stands behind; the running hour is partial", () => {
  expect(at(rows, 10)?.before?.totalPremium).toBe("70.00");
  expect(rows.filter((row) => row.isPartial).map((row) => row.clock)).toEqual(["11"]);
});

describe("which premium is drawn (O7)", () => {
  test.each([
    ["last", { solid: 50, outline: null, ghost: 70 }],
    ["gross", { solid: null, outline: 150, ghost: 150 }],
    ["both", { solid: 50, outline: 150, ghost: 70 }],
  ] as const)("%s", (show, column) => {
    expect(at(premiumColumns(rows, show), 10)).toMatchObject(column);
  });
});

test("late orders mark the premium alone", () => {
  expect(at(premiumColumns(rows, "last"), 11)?.isMarked).toBe(true);
  expect(at(countColumns(rows, "policyCount"), 11)).toMatchObject({ solid: 1, isMarked: false });
});
