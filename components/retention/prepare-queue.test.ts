import { expect, test } from "vitest";
import { aCase } from "#testing/gallery/factories/retention.ts";
import { updateInPlace } from "./prepare-queue.ts";

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
