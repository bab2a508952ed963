import { expect, test } from "vitest";
import { verbBody } from "./api/retention.ts";
import { CASE_VERB_NAMES, CASE_VERBS, hasBody, isOffered } from "./cases.ts";

const offeredOn = (state: string, assignee: string | null) =>
  CASE_VERB_NAMES.filter((name) => isOffered(name, { state, assignee }));

test.each([
  ["new", null, ["claim", "contact", "snooze", "close", "note"]],
  ["regressed", "lin", ["release", "contact", "snooze", "close", "note"]],
  ["closed", "lin", ["reopen", "note"]],
  ["closed", null, ["reopen", "note"]],
])("on a case that is %s and owned by %s: %j", (state, assignee, verbs) => {
  expect(offeredOn(state, assignee)).toEqual(verbs);
});

test("keys and entries of verbs are their own", () => {
  const verbs = Object.values(CASE_VERBS);
  const keys = verbs.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(verbs.map(({ entry }) => entry)).size).toBe(verbs.length);
});

test.each([
  ["snooze", { until: "2026-11-23T09:00:00+08:00" }, { until: "tomorrow" }],
  ["close", { outcome: "lost" }, { outcome: "won" }],
  ["close", { outcome: "lost", note: "moved away" }, { note: "moved away" }],
  ["note", { text: "calls back" }, { text: " " }],
] as const)("%s takes %j and not %j", (name, good, bad) => {
  expect(verbBody(name)?.safeParse(good)).toMatchObject({ success: true, data: good });
  expect(verbBody(name)?.safeParse(bad).success).toBe(false);
});

test("a verb without fields takes no body", () => {
  for (const name of CASE_VERB_NAMES) expect(verbBody(name) !== null, name).toBe(hasBody(name));
});
