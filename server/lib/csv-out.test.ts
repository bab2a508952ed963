import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { guarded, unguarded } from "../contracts/formula-guard.ts";
import { type CsvColumn, csvHeader, csvLines } from "./csv-out.ts";

interface Row {
  readonly amount: string | null;
  readonly words: string | null;
}
const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: "amount", of: (row) => row.amount },
  { name: "words", of: (row) => row.words, isText: true },
];

test("texts that could begin a formula are guarded, numbers never", () => {
  const rows = ["-50.25", "=1+1", "+86 10", "-3", "@home", "\ttab", "＝1", "\u0001=1", "plain"];
  const lines = csvLines(
    COLUMNS,
    rows.map((text) => ({ amount: text, words: text })),
  );
  expect(csvHeader(COLUMNS)).toBe("\uFEFFamount,words\n");
  expect(lines.split("\n")).toEqual([
    "-50.25,'-50.25",
    "=1+1,'=1+1",
    "+86 10,'+86 10",
    "-3,'-3",
    "@home,'@home",
    "\ttab,'\ttab",
    "＝1,'＝1",
    "\u0001=1,'\u0001=1",
    "plain,plain",
    "",
  ]);
});

test("whatever is guarded comes back as it was, apostrophes of its own too", { tags: "slow" }, () => {
  const start = fc.constantFrom(
    "",
    "'",
    "''",
    "'=",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'\r",
    "\n=",
    "\u000b",
    "＋",
    " =",
  );
  const text = fc.tuple(start, fc.string({ unit: "binary" })).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (words) => {
      expect(unguarded(guarded(words))).toBe(words);
      expect(guarded(words)).not.toMatch(/^[=+\-@\p{Cc}＝＋－＠]/u);
      const [cells] = parse(csvLines(COLUMNS, [{ amount: "1", words }]), {
        record_delimiter: ["\n", "\r\n", "\r"],
        relax_column_count: true,
      });
      expect(unguarded(cells?.[1] ?? "")).toBe(words);
    }),
    { numRuns: 500 },
  );
});
