import { expect, test } from "vitest";
import { backOffMs, MAX_ATTEMPTS } from "./back-off.ts";

test.each([
  [1, 0, 2_500],
  [1, 1, 5_000],
  [2, 1, 10_000],
  [5, 1, 80_000],
  [11, 1, 3_600_000],
  [MAX_ATTEMPTS, 0, 1_800_000],
])("after %d failed attempts with chance %d: %d ms", (attempts, chance, expected) => {
  expect(backOffMs(attempts, chance)).toBe(expected);
});

test("a receiver may be away for most of a day", () => {
  const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backOffMs(index + 1, 0.5));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(12);
  expect(hours).toBeLessThan(24);
});
