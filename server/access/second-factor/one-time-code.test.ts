import { expect, test } from "vitest";
import { stepOf } from "./one-time-code.ts";

/** RFC 6238, appendix B: its key for SHA-1, the last six of its eight digits. */
const KEY = "12345678901234567890";
const VECTORS = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
] as const;

test.each(VECTORS)("at second %i the code is %s, and is taken half a minute around", (second, code) => {
  const step = Math.floor(second / 30);
  for (const apart of [-1, 0, 1]) expect(stepOf(KEY, code, (second + apart * 30) * 1_000)).toBe(step);
  for (const apart of [-2, 2]) expect(stepOf(KEY, code, (second + apart * 30) * 1_000)).toBeNull();
});

test.each(["287083", "28708", "2870820", "", "२८७०८२"])("%j is no code of then", (code) => {
  expect(stepOf(KEY, code, 59_000)).toBeNull();
});
