import { describe, expect, test } from "vitest";
import { gb18030, utf16 } from "../test/encodings.ts";
import { ListFault } from "./list-fault.ts";
import { readSpreadsheet, type SpreadsheetChoices } from "./read-spreadsheet.ts";

const AUTO: SpreadsheetChoices = { encoding: "auto", separator: "auto", zone: "Asia/Shanghai" };
const read = (bytes: Buffer | string, choices: Partial<SpreadsheetChoices> = {}) =>
  readSpreadsheet(typeof bytes === "string" ? Buffer.from(bytes) : bytes, { ...AUTO, ...choices });
const lineOf = (id: string, premium: string, info: string | null) => ({
  id,
  raw_premium: premium,
  raw_info: info,
});

describe("a list as a spreadsheet saves it", () => {
  test("in GB18030, with semicolons and Chinese names, comes out in the strict form", async () => {
    const text =
      '备注;客户号;原保额;原保障信息;基准时间\r\nx;="401003";"1,234.50";="重疾险";2026/11/3\r\n;\'401002;1.2万;;\r\n';
    expect(await read(gb18030(text))).toEqual({
      rows: [
        {
          line: 2,
          cells: { ...lineOf("401003", "1234.50", "重疾险"), baseline_as_of: "2026-11-02T16:00:00.000Z" },
        },
        { line: 3, cells: { ...lineOf("401002", "1.2e4", null), baseline_as_of: null } },
      ],
      reading: {
        encoding: "gb18030",
        separator: "semicolon",
        header: [
          { name: "备注", column: null },
          { name: "客户号", column: "id" },
          { name: "原保额", column: "raw_premium" },
          { name: "原保障信息", column: "raw_info" },
          { name: "基准时间", column: "baseline_as_of" },
        ],
      },
    });
  });

  test("in UTF-16 with tabs", async () => {
    const { rows, reading } = await read(utf16("Customer\tBaseline, CNY\tCover\n7\t5\ta\n", "le"));
    expect([reading.encoding, reading.separator]).toEqual(["utf-16le", "tab"]);
    expect(rows).toEqual([{ line: 2, cells: lineOf("7", "5", "a") }]);
  });

  test("with the line sep=; and blank rows above keeps the numbers of its lines", async () => {
    const { rows } = await read("sep=;\n;;\nid;raw_premium;raw_info\n7;5;\n;;\n8;6;\n");
    expect(rows.map(({ line }) => line)).toEqual([4, 6]);
  });

  test("cases 01, 12 and 16: line ends mixed, rows of blank cells, a row over several lines", async () => {
    const { rows } = await read('id,raw_premium,raw_info\r1,1,a\r\n2,2,b\n,,\n3,bad,"a\nb"\r4,4,\n');
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 5, 7]);
  });

  test("cases 02 and 03: a row of another width is refused by its line, the others are read", async () => {
    const { rows } = await read("id,raw_premium,raw_info\n1,12,345.00,gold\n2,100\n3,3,c\n");
    expect(rows).toMatchObject([
      { line: 2, fault: { code: "bad_type", field: null } },
      { line: 3, fault: { code: "bad_type", field: null } },
      { line: 4, cells: { id: "3" } },
    ]);
  });

  test("names the column of a cell that cannot be taken", async () => {
    const { rows } = await read(
      "id;原保额（万元）;raw_info;as of\n1.23E+17;1;;\n7;1,5;;\n7;12万;;\n8;2;;1/2/2026\n9;3;;\n",
    );
    expect(rows).toMatchObject([
      { line: 2, fault: { code: "cut_id", field: "id" } },
      { line: 3, fault: { code: "ambiguous_amount", field: "raw_premium" } },
      { line: 4, fault: { code: "ambiguous_amount", field: "raw_premium" } },
      { line: 5, fault: { code: "ambiguous_date", field: "baseline_as_of" } },
      { line: 6, cells: { raw_premium: "3e4" } },
    ]);
  });
});

describe("a fault of the whole file tells how it was read", () => {
  test("Big5 is read as GB18030, which names no column", async () => {
    // 客戶號,原保額,原保障資訊 in Big5
    const big5 = Buffer.from("abc8a4e1b8b92cadecab4fc3422cadecab4fbbd9b8eab0540a372c352c610a", "hex");
    await expect(read(big5)).rejects.toMatchObject({
      code: "no_header",
      place: { line: 1, encoding: "gb18030", separator: "comma" },
      message: expect.stringMatching(/It was read as GB18030, with a comma between its cells; .*choose/),
    });
  });

  test("nothing is told of a file whose text could not be read, or that has none", async () => {
    await expect(read("")).rejects.not.toThrow("It was read as");
    await expect(read(Buffer.from("504b0304", "hex"))).rejects.not.toThrow("It was read as");
  });
});

describe("a file that is no list says why, and in which line", () => {
  const HEAD = "id,raw_premium,raw_info\n";
  test.each<[string, string | Buffer, Partial<SpreadsheetChoices>, object]>([
    ["an empty file", "", {}, { code: "empty_file", place: { line: 1 } }],
    ["nothing but blanks", "\uFEFF \n\n", {}, { code: "empty_file", place: { line: 1 } }],
    ["nothing below the header", `\n${HEAD},,\n`, {}, { code: "header_only", place: { line: 2 } }],
    ["no header", "7,5,a\n8,6,b\n", {}, { code: "no_header", place: { line: 1 } }],
    [
      "a column that is missing",
      "\n\n客户号,原保额\n7,5\n",
      {},
      { code: "missing_column", place: { line: 3, column: "raw_info" } },
    ],
    [
      "case 13: a column named twice",
      "id,raw_premium,raw_info,raw_premium\n7,5,a,6\n",
      {},
      { code: "duplicate_column", place: { line: 1, column: "raw_premium", name: "raw_premium" } },
    ],
    [
      "a column named in two languages",
      "id,raw_premium,raw_info,客户号\n7,5,a,6\n",
      {},
      { code: "duplicate_column", place: { column: "id", name: "客户号" } },
    ],
    [
      "another column named twice",
      "id,note,raw_premium,raw_info,note\n7,,5,a,6\n",
      {},
      { code: "duplicate_column", place: { name: "note" } },
    ],
    [
      "another separator than was asked for",
      HEAD,
      { separator: "semicolon" },
      {
        code: "wrong_separator",
        place: { line: 1, separator: "semicolon", found: "," },
        message: expect.stringContaining("Choose that separator"),
      },
    ],
    [
      "a separator that nobody can choose",
      "id|raw_premium|raw_info\n7|5|a\n",
      {},
      {
        code: "wrong_separator",
        place: { found: "|" },
        message: expect.stringContaining("Save the list with “,”, “;” or a tab between its cells."),
      },
    ],
    [
      "another encoding than was asked for",
      gb18030(`${HEAD}7,5,险\n`),
      { encoding: "utf-8" },
      { code: "not_decodable", place: { line: 2, encoding: "utf-8" } },
    ],
    [
      "a header whose quotes are open",
      '\nid,raw_premium,"raw_info\n7,5,a\n',
      {},
      { code: "broken_header", place: { line: 2 } },
    ],
    [
      "a header with a quote too many",
      'id,raw_premium,raw_info"\n7,5,a\n',
      {},
      { code: "broken_header", place: { line: 1 } },
    ],
    [
      "a header that is too long",
      `id,raw_premium,raw_info,${"x".repeat(70_000)}\n7,5,a,\n`,
      {},
      { code: "broken_header", place: { line: 1 } },
    ],
    [
      "a hint at a separator that nobody can choose",
      "sep=|\nid|raw_premium|raw_info\n7|5|a\n",
      {},
      { code: "wrong_separator", place: { line: 2, found: "|" } },
    ],
  ])("%s", async (_, bytes, choices, expected) => {
    const refused = read(bytes, choices);
    await expect(refused).rejects.toBeInstanceOf(ListFault);
    await expect(refused).rejects.toMatchObject({ status: 400, ...expected });
  });
});
