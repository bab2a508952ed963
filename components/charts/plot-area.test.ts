import { expect, test } from "vitest";
import { placeAt, placeWords, plotArea, stepsOf } from "./plot-area.ts";

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

// Four bars of 50 px in 200 px.
test.each([
  [
    "in the middle over a bar higher than its neighbours",
    [90, 40, 90, 90],
    1,
    60,
    { anchor: "middle", y: 40 },
  ],
  ["beside a higher bar before it", [20, 60, 80, 90], 1, 60, { anchor: "start", y: 60 }],
  ["beside a higher bar after it", [90, 80, 60, 20], 2, 60, { anchor: "end", y: 60 }],
  ["inside the chart at its beginning", [60, 20, 90, 90], 0, 60, { anchor: "start", y: 20 }],
  ["inside the chart at its end", [90, 90, 20, 60], 3, 60, { anchor: "end", y: 20 }],
  ["in the middle of a chart that is too narrow", [60, 60, 60, 60], 1, 300, { anchor: "middle", y: 60 }],
] as const)("words stand %s", (_, tops, index, width, expected) => {
  expect(placeWords(area, tops, index, width)).toEqual(expected);
});
