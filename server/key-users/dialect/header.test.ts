import { describe, expect, test } from "vitest";
import { findSeparator, firstCells } from "./find-separator.ts";
import { columnOf, unitOf } from "./list-columns.ts";

describe("a column is known by", () => {
  test.each([
    ["its own name", "raw_premium", "raw_premium"],
    ["what can be seen of it", "\u200bi\u202ed\ufeff", "id"],
    ["any case", "Raw_Premium", "raw_premium"],
    ["blanks around it", "  id\u00a0", "id"],
    ["quotes that stayed", "“客户号”", "id"],
    ["quotes that are doubled", '"id"', "id"],
    ["the formula that keeps a text", '="id"', "id"],
    ["full-width letters", "ＩＤ", "id"],
    ["客户号", "客户号", "id"],
    ["用户ID", "用户ID", "id"],
    ["原保额", "原保额", "raw_premium"],
    ["our screen's words, with the unit", "基线保额（元）", "raw_premium"],
    ["what they were before", "基线保费（元）", "raw_premium"],
    ["our screen's words in English", "Baseline, CNY", "raw_premium"],
    ["a unit in brackets", "原保额 (万元)", "raw_premium"],
    ["原保障信息", "原保障信息", "raw_info"],
    ["当前保障", "当前保障", "raw_info"],
    ["基准时间", "基准时间", "baseline_as_of"],
    ["a hyphen", "Baseline-As-Of", "baseline_as_of"],
    ["版本", "版本", "version"],
  ])("%s", (_, name, column) => {
    expect(columnOf(name)).toBe(column);
  });

  test.each([
    ["原保额（万元）", 4],
    ["原保额 (人民币亿元)", 8],
    ["原保额/千元", 3],
    ["原保额（元）", 0],
    ["raw_premium", 0],
  ])("%s is told in 10^%i", (name, exponent) => {
    expect([columnOf(name), unitOf(name)]).toEqual(["raw_premium", exponent]);
  });

  test.each(["", "客户经理", "note", "updated_by", "raw_premium_2", "原保额（美元）", "Amount (USD)"])(
    "%j is none of ours",
    (name) => {
      expect(columnOf(name)).toBeNull();
    },
  );
});

describe("the separator", () => {
  test.each([
    ["id,raw_premium,raw_info\n1,2,a;b;c;d\n", "comma"],
    ["客户号;原保额;原保障信息\n1;1,5;a\n", "semicolon"],
    ["id\traw_premium\traw_info\n1\t1,234,567\ta\n", "tab"],
    ['"id";"raw_premium";"raw_info, all of it"\n', "semicolon"],
    ['"a,b,c,d";id;原保额\n', "semicolon"], // known columns count more than cells
    ["\n\n\nid;raw_premium;raw_info\n", "semicolon"],
    ["x;y;z\n", "semicolon"], // nothing is known: the most cells
    ["id", "comma"],
    ["", "comma"],
  ])("of %j is the %s", (text, separator) => {
    expect(findSeparator(text, "auto")).toEqual({ text, separator });
  });

  test("is what the spreadsheet says of it, and that line is emptied", () => {
    expect(findSeparator("sep=;\r\nid;raw_premium\r\n", "auto")).toEqual({
      text: "\r\nid;raw_premium\r\n",
      separator: "semicolon",
    });
  });

  test("is looked for below rows without anything in them", () => {
    expect(findSeparator('\n;;;\r\n"";"" ;\nid;raw_premium;raw_info\n,;\n', "auto")).toEqual({
      text: "\n\r\n\nid;raw_premium;raw_info\n,;\n",
      separator: "semicolon",
    });
  });

  test("is what was asked for", () => {
    expect(findSeparator("sep=;\nid;raw_premium", "tab").separator).toBe("tab");
  });

  test("cells of a header are read with their quotes", () => {
    expect(firstCells('"a, ""b""",c\r1,2', "comma")).toEqual(['a, "b"', "c"]);
  });
});
