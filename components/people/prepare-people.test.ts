import { expect, test } from "vitest";
import { aPerson } from "#testing/gallery/factories/people.ts";
import { countsByRole, peopleFound, segmentsIn } from "./prepare-people.ts";

const LIN = aPerson({ id: "1", name: "Lin Wei", email: "lin.wei@example.cn", role: "manager" });
const HAN = aPerson({
  id: "2",
  name: "韩梅",
  email: "han@example.cn",
  username: "hanmei",
  role: "operations",
});
const ALL = [LIN, HAN];

test.each([
  ["", "", ["1", "2"]],
  ["manager", "", ["1"]],
  ["", "LIN", ["1"]],
  ["", "ＷＥＩ", ["1"]],
  ["", "韩", ["2"]],
  ["", "hanmei", ["2"]],
  ["manager", "韩", []],
  ["", "example.cn", ["1", "2"]],
])("of role %j, %j finds", (role, find, ids) => {
  expect(peopleFound(ALL, role, find).map(({ id }) => id)).toEqual(ids);
});

test("roles that somebody has are counted, in the server's order", () => {
  const roles = ["operations", "manager", "administrator"].map((role) => ({ role, can: [] }));
  expect(
    countsByRole({
      items: [...ALL, aPerson({ id: "3", role: "manager" })],
      roles,
      mails: false,
      providers: [],
    }),
  ).toEqual([
    { role: "operations", count: 1 },
    { role: "manager", count: 2 },
  ]);
});

test("segments are separated by commas of either script, and named once", () => {
  expect(segmentsIn(" east, west，east ,, ")).toEqual(["east", "west"]);
  expect(segmentsIn("  ")).toEqual([]);
});
