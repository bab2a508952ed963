import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareFen, compareId, compareText } from "./compare.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("the order of content (C6)", () => {
  test.each([
    ["a", "b"],
    ["", "a"],
    ["a", "aa"],
    ["Z", "a"],
    ["z", "保"],
    // UTF-16 would put the first above the second: a private-use character against one beyond U+FFFF
    ["\uE000", "\u{1F600}"],
    ["\uFFFD", "\u{10000}"],
    ["x\uFF5E", "x\u{20000}"],
  ])("text %j is below %j by its UTF-8 bytes", (low, high) => {
    expect(compareText(low, high)).toBeLessThan(0);
    expect(compareText(high, low)).toBeGreaterThan(0);
    expect(Buffer.compare(bytes(low), bytes(high))).toBe(-1);
  });

  test("text compares as its UTF-8 bytes do, whatever it holds", { tags: "slow" }, () => {
    const text = fc.string({ unit: "binary", maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => Math.sign(compareText(a, b)) === Buffer.compare(bytes(a), bytes(b))),
    );
  });

  test("null is lowest, and equal to itself", () => {
    expect(compareText(null, "")).toBeLessThan(0);
    expect(compareText("", null)).toBeGreaterThan(0);
    expect(compareText(null, null)).toBe(0);
    expect(compareFen(null, -1n)).toBeLessThan(0);
    expect(compareFen(-1n, null)).toBeGreaterThan(0);
    expect(compareFen(null, null)).toBe(0);
  });

  test("amounts and ids compare as numbers, not as text", () => {
    expect(compareFen(900n, 1000n)).toBeLessThan(0);
    expect(compareFen(-5n, -50n)).toBeGreaterThan(0);
    expect(compareId("9", "10")).toBeLessThan(0);
    expect(compareId("9223372036854775807", "9223372036854775806")).toBeGreaterThan(0);
    expect(compareId("-2", "1")).toBeLessThan(0);
  });
});
