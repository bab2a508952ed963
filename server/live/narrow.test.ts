import { describe, expect, test } from "vitest";
import type { CaseSummary } from "../contracts/api/retention.ts";
import type { Patch, TopicBodies } from "../contracts/live.ts";
import { customersIn, narrowed } from "./narrow.ts";

const SEGMENTS = new Map([
  ["1", "east"],
  ["2", "west"],
]);
const patch = <B>(body: B): Patch<B> => ({ epoch: "e", from: 1, to: 2, sentAt: 0, body });
const aCase = (userId: string) => ({ userId }) as CaseSummary;
const CASES = patch({ cases: ["1", "2", "3"].map(aCase) });
const USERS = patch({ userIds: ["1", "2", "3"] });

describe("a patch for somebody with a data scope", () => {
  test("holds their customers alone, at the same positions", () => {
    expect(narrowed("retention", CASES, SEGMENTS, ["east"])).toEqual({
      ...CASES,
      body: { cases: [aCase("1")] },
    });
    expect(narrowed("key-users", USERS, SEGMENTS, ["east"])).toEqual({ ...USERS, body: { userIds: ["1"] } });
  });

  test("comes empty when it names others alone: none of its positions is missed", () => {
    expect(narrowed("retention", CASES, SEGMENTS, ["north"])).toEqual({ ...CASES, body: { cases: [] } });
    expect(narrowed("key-users", USERS, new Map(), ["east"])).toEqual({ ...USERS, body: { userIds: [] } });
  });

  test("still says that all is to be read anew", () => {
    expect(narrowed("retention", patch({ cases: null }), SEGMENTS, ["east"]).body).toEqual({ cases: null });
    expect(narrowed("key-users", patch({ userIds: null }), SEGMENTS, ["east"]).body).toEqual({
      userIds: null,
    });
  });

  test("is the whole one for whoever has none, and where no customer is named", () => {
    expect(narrowed("retention", CASES, SEGMENTS, null)).toBe(CASES);
    const orders = patch({} as TopicBodies["orders"]);
    expect(narrowed("orders", orders, SEGMENTS, ["east"])).toBe(orders);
  });
});

test("customers of both topics are named once", () => {
  expect(customersIn({ retention: CASES.body, "key-users": { userIds: ["3", "4"] } })).toEqual([
    "1",
    "2",
    "3",
    "4",
  ]);
  expect(customersIn({ retention: { cases: null }, "key-users": { userIds: null } })).toEqual([]);
  expect(customersIn({})).toEqual([]);
});
