import fc from "fast-check";
import { expect, test } from "vitest";
import type { BarColumn } from "./bar-column.ts";
import { prepareScale } from "./prepare-scale.ts";

const column = (given: Partial<BarColumn>): BarColumn => ({
  key: "2026112210",
  label: "10",
  solid: null,
  outline: null,
  compared: null,
  isPartial: false,
  isMarked: false,
  ...given,
});

test.each([
  [{ solid: 160_000 }, { bottom: 0, step: 40_000, top: 160_000 }],
  [
    { solid: 10, compared: 95, outline: 96 },
    { bottom: 0, step: 25, top: 100 },
  ],
  [{ solid: null }, { bottom: 0, step: 0.25, top: 1 }],
  [{ solid: 0 }, { bottom: 0, step: 0.25, top: 1 }],
  [{ solid: -27_624 }, { bottom: -32_000, step: 8_000, top: 0 }],
  [{ solid: 1e15 }, { bottom: 0, step: 2.5e14, top: 1e15 }],
  [
    { solid: -40, compared: 60 },
    { bottom: -50, step: 25, top: 75 },
  ],
])("%j is held by %j", (given, scale) => expect(prepareScale([column(given)], 4)).toEqual(scale));

test("a single hundredth is drawn as high as a large sum", () => {
  const { bottom, top, step } = prepareScale([column({ solid: 0.01 })], 4);
  expect([bottom, top, step].map((value) => value.toFixed(4))).toEqual(["0.0000", "0.0100", "0.0025"]);
});

test("the axis holds every bar, zero and few lines, with little waste", () => {
  const amount = fc.maxSafeInteger().map((fen) => fen / 100);
  fc.assert(
    fc.property(amount, amount, (solid, compared) => {
      const { bottom, top, step } = prepareScale([column({ solid, compared })], 4);
      const [low, high] = [Math.min(0, solid, compared), Math.max(0, solid, compared)];
      const slack = step * 1e-6;
      expect(bottom).toBeLessThanOrEqual(low + slack);
      expect(top).toBeGreaterThanOrEqual(high - slack);
      expect(Math.round((top - bottom) / step)).toBeLessThanOrEqual(5);
      if (low < high) expect(step).toBeLessThanOrEqual((high - low) * 0.76);
    }),
  );
});
