import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = "docs/decisions/";
/** # 11. What was decided, then status and date. */
const HEAD = /^# (\d+)\. .+\n\nStatus: (?:accepted|superseded by \d+)\nDate: \d{4}-\d\d-\d\d\n\n/;

const names = readdirSync(FOLDER).sort();

test("decisions are numbered from 1 without a gap", () => {
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  const newest = Math.max(28, ...numbers);
  expect(numbers).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
});

test.each(names)("%s begins with its number, status and date", (name) => {
  const [, number] = HEAD.exec(readFileSync(`${FOLDER}${name}`, "utf8")) ?? [];
  expect(number).toBe(String(Number(name.slice(0, 4))));
});
