import { expect, test } from "vitest";
import { knownWidths, type ListColumn, templateOf } from "./column.ts";

const COLUMNS: readonly ListColumn[] = [
  { id: "customer", words: "Customer", track: "minmax(96px, 1.1fr)", least: 96 },
  { id: "state", words: "State", track: "80px", least: 64 },
];

test("columns stand as they are until a person chooses; a chosen width yields to a narrow window", () => {
  expect(templateOf(COLUMNS, {})).toBe("minmax(96px, 1.1fr) 80px");
  expect(templateOf(COLUMNS, { state: 140 })).toBe("minmax(96px, 1.1fr) minmax(64px, 140px)");
});

test.each([
  [null, {}],
  ["wide", {}],
  [{ customer: 300, gone: 90 }, { customer: 300 }],
  [
    { customer: 1, state: 1e9 },
    { customer: 96, state: 1200 },
  ],
  [{ customer: "300px", state: Number.NaN }, {}],
])("%j is remembered as %j", (stored, widths) => {
  expect(knownWidths(COLUMNS, stored)).toEqual(widths);
});
