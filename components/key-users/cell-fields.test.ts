import { expect, test } from "vitest";
import { aKeyUser } from "#testing/gallery/factories/key-users.ts";
import { editOf, problemOf, textOf } from "./cell-fields.ts";

const user = aKeyUser({ rawPremium: "1000.00", rawInfo: "whole life" });

test.each([
  ["1,200.5", { rawPremium: "1200.50" }],
  ["1000", null],
  ["0", { rawPremium: "0.00" }],
  ["¥ 6,000", { rawPremium: "6000.00" }],
  ["１２３", { rawPremium: "123.00" }],
  ["1.234,50", null],
  ["12,x", null],
  ["-0.001", null],
])("an amount typed as %j asks for %j", (text, edit) => {
  expect(editOf(user, "rawPremium", text)).toEqual(edit);
});

test.each(["12,x", "-1", "-0.001", "", "10000000000000000", "1.234,50", "1.234", "1,23,4", "1e3"])(
  "%j is no baseline: it cannot be saved",
  (text) => {
    expect(problemOf("rawPremium", text)).toBe("badAmount");
  },
);

test.each([
  [" annuity ", { rawInfo: "annuity" }],
  ["whole life", null],
  [" ", { rawInfo: null }],
])("a cover typed as %j asks for %j", (text, edit) => {
  expect(editOf(user, "rawInfo", text)).toEqual(edit);
});

test.each([
  ["customerName", "王小明", { customerName: "王小明" }],
  ["customerName", " ", null],
  ["customerTel", " 138 1234 5678 ", { customerTel: "138 1234 5678" }],
  ["customerTel", "", null],
] as const)("in %s, %j asks for %j: left blank, what stands stays", (field, text, edit) => {
  expect(textOf(user, field)).toBe(""); // never the mask
  expect(problemOf(field, text)).toBeNull();
  expect(editOf(user, field, text)).toEqual(edit);
});

test.each([
  ["customerName", "王*", "masked"],
  ["customerName", "138", "badName"],
  ["customerTel", "138 **** 5678", "masked"],
  ["customerTel", "later", "badTelephone"],
] as const)("in %s, %j cannot be saved: %s", (field, text, problem) => {
  expect(problemOf(field, text)).toBe(problem);
});
