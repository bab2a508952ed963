import { expect, test } from "vitest";
import { verbBody } from "./api/retention.ts";
import { CASE_VERB_NAMES, CASE_VERBS, hasBody, isDecision, isOffered, keyed } from "./cases.ts";

test.each([
  ["new", null, ["claim", "contact", "note"]],
  ["regressed", "lin", ["release", "contact", "note"]],
  ["claimed", "he", ["take-over", "contact", "note"]],
  ["closed", "lin", ["reopen", "note"]],
  ["closed", "he", ["reopen", "note"]],
  ["closed", null, ["reopen", "note"]],
])("on a case that is %s and owned by %s Lin is offered %j", (state, assignee, verbs) => {
  const asked = ["claim", "take-over", "release", "contact", "reopen", "note"] as const;
  const given = { state, assignee: assignee === null ? null : { id: assignee } };
  expect(asked.filter((name) => isOffered(name, given, "lin"))).toEqual(verbs);
});

test.each([
  [null, "claim"],
  ["lin", "claim"],
  ["he", "take-over"],
])("the key of a claim on a case of %s is for %s", (id, verb) => {
  expect(keyed("claim", { state: "claimed", assignee: id === null ? null : { id } }, "lin")).toBe(verb);
});

test("only a note and how a call went ask for no version (W1)", () => {
  expect(CASE_VERB_NAMES.filter((name) => !isDecision(name))).toEqual(["call", "note"]);
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
