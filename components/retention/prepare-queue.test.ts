import { expect, test } from "vitest";
import { aCase } from "#testing/gallery/factories/retention.ts";
import { matches, nextCase, takenFrom, updateInPlace } from "./prepare-queue.ts";

const listed = aCase({ version: 3, updatedAt: "2026-11-22T02:00:05.000Z" });
const queue = { pages: [{ items: [aCase({ id: "6" }), listed], nextCursor: null }], pageParams: [null] };
const shown = (patched: typeof listed) => updateInPlace(queue, [patched]).pages[0]?.items[1];

test.each([
  ["a person's act", { version: 4, updatedAt: "2026-11-22T02:00:04.000Z" }],
  ["evidence of the stream", { version: 3, updatedAt: "2026-11-22T02:00:06.000Z" }],
  ["the same state again", { version: 3, updatedAt: "2026-11-22T02:00:05.000Z" }],
])("a case takes over what is newer: %s", (_, given) => {
  const patched = aCase({ ...listed, ...given, premiumAtRisk: "1.00" });
  expect(shown(patched)).toBe(patched);
});

test.each([
  ["an act before the one shown", { version: 2, updatedAt: "2026-11-22T02:00:06.000Z" }],
  ["evidence before what is shown", { version: 3, updatedAt: "2026-11-22T02:00:04.000Z" }],
])("a patch that was held while the queue was read does not bring back what is older: %s", (_, given) => {
  expect(shown(aCase({ ...listed, ...given, premiumAtRisk: "1.00" }))).toBe(listed);
});

test("cases that are not listed move nothing", () => {
  expect(updateInPlace(queue, [aCase({ id: "99" })])).toBe(queue);
});

const choice = { state: "now", owner: "anyone", find: "" } as const;
const wei = { id: "wei", name: "Wei Chen" };

test.each([
  ["a state that needs somebody", choice, true],
  ["another state", { ...choice, state: "closed" }, false],
  ["a person's", { ...choice, owner: "wei" }, true],
  ["another person's", { ...choice, owner: "he" }, false],
  ["one's own", { ...choice, owner: "me" }, false],
  ["nobody's", { ...choice, owner: "none" }, false],
  ["its last digits, whatever else is chosen", { state: "closed", owner: "none", find: "300" }, true],
  ["other digits", { ...choice, find: "100" }, false],
] as const)("a case belongs to what is shown, or not: %s", (_, shown, expected) => {
  const each = aCase({ userId: "100200300", state: "claimed", assignee: wei });
  expect(matches(each, shown, "lin")).toBe(expected);
});

test("a case was taken when it was one's own and is somebody else's", () => {
  const mine = aCase({ id: "1", assignee: { id: "lin", name: "Lin" } });
  const listed = { pages: [{ items: [mine], nextCursor: null }], pageParams: [null] };
  const taken = { ...mine, assignee: wei };
  expect(takenFrom(listed, [taken], "lin")).toEqual([taken]);
  expect(takenFrom(listed, [{ ...mine, assignee: null }, mine], "lin")).toEqual([]);
  expect(takenFrom(listed, [taken], "he")).toEqual([]);
});

test.each([
  ["2", "3"],
  ["3", "5"], // 4 sleeps: it is listed still, and does not belong here any more
  ["5", "3"],
  ["not listed", "1"],
])(
  "after %s has left what is shown the work goes on with the next that belongs here, else with the one before",
  (left, next) => {
    const items = ["1", "2", "3", "4", "5"].map((id) => aCase({ id, state: id === "4" ? "snoozed" : "new" }));
    expect(nextCase(items, left, choice, "lin")).toBe(next);
  },
);

test("after the last of them none is chosen", () => {
  expect(nextCase([aCase({ id: "1", state: "closed" })], "1", choice, "lin")).toBeNull();
});
