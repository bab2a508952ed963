import { expect, test } from "vitest";
import { plainArray } from "./plain-array.ts";

test.each([
  [[], "{}"],
  [[null], "{NULL}"],
  [[1, "2026-11-22", -3n, null, "0.05"], "{1,2026-11-22,-3,NULL,0.05}"],
])("an array is written as PostgreSQL reads it, case %#", (values, text) => {
  expect(plainArray(values)).toBe(text);
});
