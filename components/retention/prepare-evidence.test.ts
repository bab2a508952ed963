import { expect, test } from "vitest";
import { anOccurrence } from "#testing/gallery/factories/retention.ts";
import { prepareReasons } from "./prepare-evidence.ts";

test("each rule names what it compared, how much was given up, and from where it fires", () => {
  const found = anOccurrence({
    rules: ["step", "cumulative"],
    baselineBefore: "1000.00",
    anchor: "1200.00",
    amountNow: "849.99",
    stepPercent: "15.00",
    cumulativePercent: "20.00",
  });
  expect(prepareReasons(found)).toEqual([
    { rule: "step", reference: "1000.00", percent: "15.0010", limit: "850.00", limitPercent: 85 },
    { rule: "cumulative", reference: "1200.00", percent: "29.1675", limit: "960.00", limitPercent: 80 },
  ]);
});

test.each([
  ["0.01", "0.01"],
  ["0.10", "0.09"],
  ["33.33", "28.34"],
])(
  "the limit of %s is the least amount in whole hundredths that does not fire: %s",
  (baselineBefore, limit) => {
    const [reason] = prepareReasons(anOccurrence({ rules: ["step"], baselineBefore, stepPercent: "15.00" }));
    expect(reason?.limit).toBe(limit);
  },
);
