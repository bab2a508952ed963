import { expect, test } from "vitest";
import { plainLine, plainText } from "./plain-text.ts";

test.each([
  ["张三", "张三"],
  ["שלום", "שלום"],
  ["cancel\u202Egnihton", "cancel[U+202E]gnihton"],
  ["\u2066a\u2069\u061C", "[U+2066]a[U+2069][U+061C]"],
])("%j is shown as %j", (text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test("parts of a line that are not known are left out", () => {
  expect(plainLine("7", null, "a\u202Eb", undefined, "")).toBe("7 · a[U+202E]b");
});
