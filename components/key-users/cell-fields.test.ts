import { expect, test } from "vitest";
import { aKeyUser } from "#testing/gallery/factories/key-users.ts";
import { editOf, isSavable } from "./cell-fields.ts";

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
    expect(isSavable("rawPremium", text)).toBe(false);
  },
);

test.each([
  [" annuity ", { rawInfo: "annuity" }],
  ["whole life", null],
  [" ", { rawInfo: null }],
])("a cover typed as %j asks for %j", (text, edit) => {
  expect(editOf(user, "rawInfo", text)).toEqual(edit);
});
