import { expect, test } from "vitest";
import { placeAt, plotArea, stepsOf } from "./plot-area.ts";

const SCALE = { bottom: -50, top: 50, step: 25 };
const area = plotArea({ width: 264, height: 140, above: 20, below: 20 }, 4, SCALE);

test("zero lies between what is above and what is below it", () => {
  expect([50, 0, -50].map(area.yOf)).toEqual([20, 70, 120]);
});

test("each place is found by any point within it, and none beside the bars", () => {
  expect([55, 56, 105, 106, 255, 256].map((x) => placeAt(area, x, 4))).toEqual([null, 0, 0, 1, 3, null]);
});

test("steps go down to zero where a value is missing, and below it for what is below zero", () => {
  expect(stepsOf(area, [25, null, -25, 50])).toBe("M56,70V45H106V70M156,70V95H206V20H256V70");
  expect(stepsOf(area, [null, null, null, null])).toBe("");
});
