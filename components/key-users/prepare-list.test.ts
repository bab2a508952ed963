import { expect, test } from "vitest";
import { aKeyUser, aKeyUsersPage } from "#testing/gallery/factories/key-users.ts";
import { arrivalsOf, directionOf, filterCount, isNarrowed, pressed, searchOf } from "./prepare-list.ts";
import type { ListChoice } from "./use-list-choice.ts";

const plain: ListChoice = {
  search: "",
  status: "active",
  sort: "userId",
  direction: null,
  amountFrom: null,
  amountTo: null,
  openCase: null,
  editor: null,
  changedSince: null,
};

test("list and export ask by the same words, each filter under its own name", () => {
  expect(searchOf(plain).toString()).toBe("status=active&sort=userId&direction=asc");
  const since = new Date("2026-11-22T00:00:00Z");
  const asked = searchOf({
    ...plain,
    sort: "rawPremium",
    amountTo: "5",
    openCase: "no",
    editor: "stream",
    changedSince: since,
  });
  expect(Object.fromEntries(asked)).toEqual({
    status: "active",
    sort: "rawPremium",
    direction: "desc",
    amountTo: "5",
    openCase: "no",
    editor: "stream",
    changedSince: "2026-11-22",
  });
});

test("an order can be turned, and has a way of its own", () => {
  expect(directionOf({ sort: "updatedAt", direction: null })).toBe("desc");
  expect(directionOf({ sort: "updatedAt", direction: "asc" })).toBe("asc");
  expect(directionOf({ sort: "rawInfo", direction: null })).toBe("asc");
});

test("a press on a head sorts by it in its own way, a second one the other way, a third as before", () => {
  const first = pressed(plain, "rawPremium");
  expect(first).toEqual({ sort: "rawPremium", direction: null });
  const second = pressed(first, "rawPremium");
  expect(second).toEqual({ sort: "rawPremium", direction: "asc" });
  expect(directionOf(pressed(second, "rawPremium"))).toBe("desc");
});

test("removed customers are a part of the list, all of them are not", () => {
  expect([isNarrowed(plain), isNarrowed({ ...plain, status: "all", sort: "state" })]).toEqual([false, false]);
  expect(isNarrowed({ ...plain, status: "removed" })).toBe(true);
});

test("who is new waits behind a button, unless the list is narrowed", () => {
  const list = { pages: [aKeyUsersPage()], pageParams: [] };
  const fresh = aKeyUser({ userId: "9", version: 1 });
  expect(arrivalsOf(list, [fresh, aKeyUser()], plain)).toEqual(["9"]);
  const narrowed = { ...plain, amountFrom: "5" };
  expect([filterCount(narrowed), arrivalsOf(list, [fresh], narrowed)]).toEqual([1, []]);
});
