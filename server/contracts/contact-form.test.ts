import { expect, test } from "vitest";
import { isName, isTelephone } from "./contact-form.ts";

test.each([
  "13812345678",
  "+86 138 1234 5678",
  "010-88880000",
  "(010) 8888 0000 转 12",
  "１３８１２３４５６７８",
  "+49 (0)30 1234-567 ext. 9",
])("%s can be called", (text) => {
  expect(isTelephone(text)).toBe(true);
});

test.each(["", "1234", "王小明", "138 **** 5678", "1.38E+10", "=1+1", "mailto:a@b", "1".repeat(27)])(
  "%j cannot",
  (text) => {
    expect(isTelephone(text)).toBe(false);
  },
);

test("a name holds a letter of any script", () => {
  expect(["王", "Anna", "Ñ"].every(isName)).toBe(true);
  expect(["138", "-", " "].some(isName)).toBe(false);
});
