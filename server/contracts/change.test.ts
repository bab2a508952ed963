import { expect, test } from "vitest";
import { changeOf, differenceOf, signedPercent } from "./change.ts";

test.each([
  [1084n, 1000n, "up", "8.4"],
  [994n, 1000n, "down", "0.6"],
  [1000n, 1000n, "same", "0.0"],
  [10_005n, 10_000n, "up", "0.1"], // half goes away from zero
  [5n, 0n, "up", null],
  [0n, 0n, "same", null],
] as const)("%d against %d is %s %s", (now, before, direction, percent) => {
  expect(changeOf(now, before)).toEqual({ direction, percent });
});

test.each([
  [994n, 1000n, "-0.6"],
  [1084n, 1000n, "8.4"],
  [999_999n, 1_000_000n, "0.0"],
  [1000n, 1000n, "0.0"],
  [5n, 0n, null],
] as const)("%d against %d is %s percent, with one sign at most", (now, before, percent) => {
  expect(signedPercent(changeOf(now, before))).toBe(percent);
});

test("differences keep the form of what they are taken of", () => {
  expect(differenceOf("1.00", "1.05")).toBe("-0.05");
  expect(differenceOf(3, 5)).toBe(-2);
  expect(differenceOf("9007199254740993.01", "0.01")).toBe("9007199254740993.00");
});
