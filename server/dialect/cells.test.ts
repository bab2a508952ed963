import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatFen, parseFen } from "../contracts/money.ts";
import { readAmountCell } from "./amount-cell.ts";
import { readIdCell } from "./id-cell.ts";
import { readTimeCell } from "./time-cell.ts";
import { WallClock } from "./wall-clock.ts";

const SHANGHAI = new WallClock("Asia/Shanghai");
const codeOf = (read: string | { code: string }) => (typeof read === "string" ? read : read.code);

describe("an amount", () => {
  test.each([
    ["1234567.89", "1234567.89"],
    ["1,234,567.89", "1234567.89"],
    ["1 234 567.89", "1234567.89"],
    ["1\u00a0234.5", "1234.50"],
    ["¥ 1,000.00", "1000.00"],
    ["￥1,000", "1000.00"],
    ["CNY 1,000.5", "1000.50"],
    ["1,000.00元", "1000.00"],
    ["１，２３４．５０", "1234.50"],
    ["1.2万", "12000.00"],
    ["1,234.5万元", "12345000.00"],
    ["0.00005万", "0.50"],
    ["1.23456789亿", "123456789.00"],
    ["¥3亿", "300000000.00"],
    ['="100.00"', "100.00"],
    ["'100", "100.00"],
    [" 5 ", "5.00"],
    ["-0.01", "-0.01"],
    ["¥-5", "-5.00"],
    ["-¥5", "-5.00"],
    ["(1,234.00)", "-1234.00"],
    ["+7", "7.00"],
    ["1.005", "1.01"], // rounding is the list's, half away from zero (C4)
  ])("%j is %s", (cell, amount) => {
    const read = readAmountCell(cell);
    expect(formatFen(parseFen(codeOf(read)) ?? -999n)).toBe(amount);
  });

  test.each([
    ["1.234,56", "ambiguous_amount"],
    ["1.234.567", "ambiguous_amount"],
    ["12,34", "ambiguous_amount"],
    ["1,23,456.00", "ambiguous_amount"],
    ["1,234 567", "ambiguous_amount"],
    ["1.234,5万", "ambiguous_amount"],
    ["1.23457E+11", "cut_amount"],
    ["1,2E+11", "cut_amount"],
  ])("%j is refused: %s", (cell, code) => {
    expect(codeOf(readAmountCell(cell))).toBe(code);
  });

  test("is told in the unit of its column, once", () => {
    expect(readAmountCell("1,234.5", 4)).toBe("1234.5e4");
    expect(readAmountCell("0.5亿")).toBe("0.5e8");
    expect(codeOf(readAmountCell("1.2万", 4))).toBe("ambiguous_amount");
  });

  test.each(["free", "####", "1万2千", "--5", "1e", "万"])("%j stays no number", (cell) => {
    expect(parseFen(codeOf(readAmountCell(cell)))).toBeNull();
  });

  test("of the system's own comes back as it was", () => {
    const fen = fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n });
    fc.assert(fc.property(fen, (amount) => readAmountCell(formatFen(amount)) === formatFen(amount)));
  });
});

test("what only looks like a digit is none: a footnote's mark makes no other amount and no other customer", () => {
  expect(readAmountCell("1000¹")).toBe("1000¹");
  expect(readIdCell("401003²")).toBe("401003²");
  expect(readIdCell("①")).toBe("①");
});

test.each([
  ["\u200b401003", "U+200B"],
  ["401\u202d003\u202c", "U+202D"],
  ["40\ufeff1003", "U+FEFF"],
  ['="401003\u200e"', "U+200E"],
  ["\u2066401003\u2069", "U+2066"],
  ["401\u00ad003", "U+00AD"],
])("in %j an invisible character is told by its name, and how to be rid of it", (cell, name) => {
  const told = {
    code: "invisible_character",
    message: expect.stringMatching(
      new RegExp(`invisible character \\(${name.replace("+", "\\+")}\\).*type it again`),
    ),
  };
  expect(readIdCell(cell)).toEqual(told);
  expect(readAmountCell(cell)).toEqual(told);
  expect(readTimeCell(cell, SHANGHAI)).toEqual(told);
});

test("a byte order mark at an end is none of the cell", () => {
  expect(readIdCell("\ufeff401003\ufeff")).toBe("401003");
});

describe("an id", () => {
  test.each([
    ["401001", "401001"],
    ['="401003"', "401003"],
    ["=401003", "401003"],
    ["'401002", "401002"],
    [" 401004\u00a0", "401004"],
    ["４０１００５", "401005"],
    ["-123456789012345678", "-123456789012345678"],
  ])("%j is %s", (cell, id) => {
    expect(readIdCell(cell)).toBe(id);
  });

  test.each(["1.23E+17", "1.23457E+17", "1,23E+17", "1e5", "-1.2e+18"])(
    "%j was shortened, and its message says how to save it whole",
    (cell) => {
      const read = readIdCell(cell);
      expect(read).toMatchObject({ code: "cut_id", message: expect.stringContaining("as text") });
      expect(read).toMatchObject({ message: expect.stringContaining("save again") });
      expect(JSON.stringify(read)).not.toContain(cell);
    },
  );

  test("of 64 bits comes back as it was", () => {
    const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(fc.property(id, (number) => readIdCell(String(number)) === String(number)));
  });
});

describe("a time", () => {
  test.each([
    ["2026-11-03", "2026-11-02T16:00:00.000Z"],
    ["2026/11/3", "2026-11-02T16:00:00.000Z"],
    ["2026.11.03", "2026-11-02T16:00:00.000Z"],
    ["2026年11月3日", "2026-11-02T16:00:00.000Z"],
    ["2026-11-03 10:05", "2026-11-03T02:05:00.000Z"],
    ["2026/11/3 9:05", "2026-11-03T01:05:00.000Z"],
    ["2026-11-03T10:05:30", "2026-11-03T02:05:30.000Z"],
    ["2026-11-03 10:05:30.25", "2026-11-03T02:05:30.250Z"],
    ["２０２６-11-03", "2026-11-02T16:00:00.000Z"],
    ["2026-11-03T10:05:00Z", "2026-11-03T10:05:00Z"], // has its zone
    ["2026-11-20T00:00:00.000Z", "2026-11-20T00:00:00.000Z"],
    ["1763769600000", "1763769600000"],
  ])("%j in Shanghai is %s", (cell, time) => {
    expect(readTimeCell(cell, SHANGHAI)).toBe(time);
  });

  test.each([
    ["11/3/2026", "ambiguous_date"],
    ["3.11.2026 10:05", "ambiguous_date"],
    ["26/11/3", "ambiguous_date"],
    ["2026-02-30", "bad_time"],
    ["2026-13-01", "bad_time"],
    ["2026-11-03 25:00", "bad_time"],
  ])("%j is refused: %s", (cell, code) => {
    expect(codeOf(readTimeCell(cell, SHANGHAI))).toBe(code);
  });

  test("is that of the zone, across changes of the clocks", () => {
    const berlin = new WallClock("Europe/Berlin");
    expect(readTimeCell("2026-07-01 12:00", berlin)).toBe("2026-07-01T10:00:00.000Z");
    expect(readTimeCell("2026-12-01 12:00", berlin)).toBe("2026-12-01T11:00:00.000Z");
    expect(readTimeCell("2026-10-25 02:30", berlin)).toBe("2026-10-25T00:30:00.000Z"); // comes twice: the first
    expect(readTimeCell("2026-03-29 01:59", berlin)).toBe("2026-03-29T00:59:00.000Z");
    expect(readTimeCell("2026-03-29 03:00", berlin)).toBe("2026-03-29T01:00:00.000Z");
    expect(readTimeCell("2026-03-29 02:30", berlin)).toMatchObject({ code: "bad_time" }); // is skipped
  });
});
