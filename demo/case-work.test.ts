import { expect, test } from "vitest";
import { planFor } from "./case-work.ts";

const USERS = Array.from({ length: 1_000 }, (_, index) => String(100_200 + 37 * index));

test("the demo's manager leaves a queue that is neither untouched nor empty, the same for the same seed", () => {
  const lastVerbs = USERS.map((user) => planFor(1, user).at(-1)?.name ?? "none");
  const share = (name: string) => lastVerbs.filter((verb) => verb === name).length / USERS.length;
  expect(share("close")).toBeCloseTo(0.3, 1);
  expect(share("note")).toBeCloseTo(0.15, 1);
  expect(share("claim")).toBeCloseTo(0.12, 1);
  expect(USERS.map((user) => planFor(1, user))).toEqual(USERS.map((user) => planFor(1, user)));
});

test("nobody closes a case that nobody claimed", () => {
  for (const user of USERS) {
    const verbs = planFor(1, user).map(({ name }) => name);
    if (verbs.length > 0) expect(verbs[0]).toBe("claim");
  }
});
