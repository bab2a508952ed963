import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openCsv } from "./csv.ts";
import type { Separator } from "./csv-row.ts";

const text = fc.oneof(
  fc.constantFrom("", "a", '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", "\u2028", " x ", "保费"),
  fc.string({ unit: "binary", maxLength: 5 }).filter((value) => value.isWellFormed()),
);
const cell = fc.array(text, { maxLength: 3 }).map((parts) => parts.join(""));

test("rows that another program writes are read as another reader reads them", { tags: "slow" }, () => {
  const property = fc.property(
    fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
    fc.constantFrom<Separator>(",", ";", "\t"),
    fc.constantFrom("\n", "\r\n", "\r"),
    (rows, delimiter, end) => {
      const written = stringify([["a", "b", "c"], ...rows], {
        delimiter,
        record_delimiter: end,
        quoted: true,
      });
      const expected = parse(written, { delimiter, from: 2, record_delimiter: ["\r\n", "\n", "\r"] });
      const { header, rows: read } = openCsv(Buffer.from(written), delimiter);
      expect(header).toEqual(["a", "b", "c"]);
      const isNotBlank = (row: readonly string[]) => row.some((value) => value.trim() !== "");
      expect([...read()].map((row) => "cells" in row && row.cells)).toEqual(expected.filter(isNotBlank));
    },
  );
  fc.assert(property, { numRuns: 2_000 });
});

test("a header and each row tell where they stand", () => {
  const { header, headerLine, rows } = openCsv(
    Buffer.from('\n\r\n 客户号 ;"原\n保额"\n1;"x\r\ny"\r;\r2;z;\n'),
    ";",
  );
  expect([header, headerLine]).toEqual([["客户号", "原\n保额"], 3]);
  expect([...rows()].map((row) => [row.line, "cells" in row ? row.cells : row.fault.code])).toEqual([
    [5, ["1", "x\r\ny"]],
    [8, "bad_type"],
  ]);
});

test("stray quotes without number are read in one walk", { tags: "slow" }, () => {
  const line = '7,"A,1\n7,A""B,1\n"x""\n';
  const body = Buffer.from(`id,order_no,n\n${line.repeat(100_000)}`);
  const before = process.cpuUsage();
  let rows = 0;
  for (const row of openCsv(body).rows()) rows += "fault" in row ? 1 : 0;
  expect(rows).toBeGreaterThan(100_000);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6, "CPU seconds").toBeLessThan(5);
});
