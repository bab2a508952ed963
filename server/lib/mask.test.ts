import { expect, test } from "vitest";
import { maskTelephone } from "./mask.ts";

test.each([
  ["13812345678", "138 **** 5678"],
  ["138-1234-5678", "138 **** 5678"],
  ["+86 138 1234 5678", "+86 **** 5678"],
  ["88880000", "**** 00"],
  ["8888 -  0000", "**** 00"],
  ["(8888)-0000", "**** 00"],
  ["8 8 8 8 0 0", "****"],
  ["", ""],
  [null, null],
])("of %s no more is shown than its digits allow: %s", (telephone, shown) => {
  expect(maskTelephone(telephone)).toBe(shown);
});
