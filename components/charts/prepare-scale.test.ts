import fc from "fast-check";
import { expect, test } from "vitest";
import type { BarColumn } from "./bar-column.ts";
import { prepareScale } from "./prepare-scale.ts";

const column = (given: Partial<BarColumn>): BarColumn => ({
  key: "2026112210",
  label: "10",
  solid: null,
  outline: null,
  ghost: null,
  isPartial: false,
  isMarked: false,
  ...given,
});

test.each([
  [{ solid: 160_000 }, { step: 40_000, top: 160_000 }],
  [
    { solid: 10, ghost: 95, outline: 96 },
    { step: 25, top: 100 },
  ],
  [{ solid: null }, { step: 0.25, top: 1 }],
  [{ solid: -5 }, { step: 0.25, top: 1 }],
])("%j is held by %j", (given, scale) => expect(prepareScale([column(given)], 4)).toEqual(scale));

test("the axis holds every bar with few lines and little waste", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (solid) => {
      const { top, step } = prepareScale([column({ solid })], 4);
      expect(top).toBeGreaterThanOrEqual(solid);
      expect(top - step).toBeLessThan(Math.max(1, solid));
      expect(Math.round(top / step)).toBeLessThanOrEqual(4);
    }),
  );
});
