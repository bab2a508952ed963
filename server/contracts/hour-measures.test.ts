import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ordersEn } from "#components/orders/messages/en.ts";
import { ordersZh } from "#components/orders/messages/zh.ts";
import { hourFigures } from "./api/orders.ts";
import {
  ALL_MEASURES,
  HOUR_MEASURES,
  SHOWN_MEASURES,
  shownValues,
  sumMeasures,
  sumShown,
  TABLE_MEASURES,
} from "./hour-measures.ts";

test("every figure has its columns in both tables of hours", () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  for (const model of ["HourFigure", "DayRevisionHour"]) {
    const [body = ""] = new RegExp(`model ${model} \\{[^}]*`).exec(schema) ?? [];
    for (const name of ALL_MEASURES) expect(body).toContain(`@map("${HOUR_MEASURES[name].column}")`);
  }
});

test("every shown figure is in the answers, every column of the table has its words in both languages", () => {
  for (const name of SHOWN_MEASURES) expect(Object.keys(hourFigures.shape)).toContain(name);
  for (const words of [ordersEn, ordersZh]) {
    for (const name of TABLE_MEASURES) expect(words.table[name]).toBeTruthy();
  }
});

test("sums are the same inside and outside, to the fen", () => {
  const hours = [12_345_678_901_234_567n, -3n, 0n].map((fen, index) => ({
    totalPremium: fen,
    grossPremium: fen * 2n,
    policyCount: index,
    policyHolderCount: index * 2,
    grossOrderCount: index * 3,
    winnerCount: index * 4,
  }));
  expect(sumShown(hours.map(shownValues))).toEqual(shownValues(sumMeasures(hours)));
  expect(sumShown(hours.map(shownValues)).totalPremium).toBe("123456789012345.64");
});
