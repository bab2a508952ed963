import { expect, test } from "vitest";
import { groupRejects } from "./prepare-rejects.ts";

const reject = (line: number, code = "bad_amount", field: string | null = "raw_premium") => ({
  line,
  code,
  field,
  message: `of line ${line}`,
});

test("refused lines are grouped by reason, neighbours joined, the most frequent reason first", () => {
  const rejected = [reject(9, "duplicate_id", "id"), reject(313), reject(311), reject(312), reject(4)];
  expect(groupRejects(rejected)).toEqual([
    { code: "bad_amount", field: "raw_premium", count: 4, ranges: "4, 311–313" },
    { code: "duplicate_id", field: "id", count: 1, ranges: "9" },
  ]);
});

test("a long list of lines is cut", () => {
  const odd = Array.from({ length: 50 }, (_, n) => reject(2 * n + 3));
  expect(groupRejects(odd)).toMatchObject([{ count: 50, ranges: "3, 5, 7, 9, 11, 13 …" }]);
});

test("nothing refused, nothing to tell", () => {
  expect(groupRejects([])).toEqual([]);
});
