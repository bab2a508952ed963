import { describe, expect, test } from "vitest";
import { MESSAGES } from "#components/i18n/messages.ts";
import { AUDIT_ACTIONS, AUDIT_NOUNS } from "#server/contracts/audit-actions.ts";
import { LOCALES } from "#server/contracts/locale.ts";
import { detailsOf, isKnownAct, isNarrowed, searchOf, subjectWords, WHOLE_LOG } from "./prepare-audit.ts";

describe("words", () => {
  const acts = AUDIT_NOUNS.flatMap((noun) => AUDIT_ACTIONS[noun].map((verb) => ({ noun, verb })));

  test.each(LOCALES)("in %s there are some for each act, and no two acts of a noun sound alike", (locale) => {
    const { actions, nouns } = MESSAGES[locale].audit;
    for (const { noun, verb } of acts) {
      const words = (actions[noun] as Readonly<Record<string, string>>)[verb];
      expect([noun, verb, words]).toEqual([noun, verb, expect.stringMatching(/\S/)]);
    }
    for (const noun of AUDIT_NOUNS) {
      expect(nouns[noun]).toMatch(/\S/);
      expect(new Set(Object.values(actions[noun])).size).toBe(AUDIT_ACTIONS[noun].length);
    }
  });

  test("an act of another build has none", () => {
    expect([isKnownAct("session.sign-in"), isKnownAct("session"), isKnownAct("robot.dance")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("the server is asked for what is chosen alone", () => {
  expect([isNarrowed(WHOLE_LOG), searchOf(WHOLE_LOG).toString()]).toEqual([false, ""]);
  const choice = { ...WHOLE_LOG, actor: "cli:root", from: "2026-11-22" };
  expect([isNarrowed(choice), searchOf(choice).toString()]).toEqual([
    true,
    "actor=cli%3Aroot&from=2026-11-22",
  ]);
});

test.each([
  ["case 20417", { kind: "case", id: "20417" }],
  ["key user 7", { kind: "keyUser", id: "7" }],
  ["person 3f2a1b5c-0000-4000-8000-000000000001", { kind: "person", id: "3f2a1b5c…" }],
  ["right orders.revise", { kind: "right", id: "orders.revise" }],
  ["business day 2026-11-22", { kind: "day", id: "2026-11-22" }],
  ["installation", { kind: "installation", id: "" }],
  ["dead letters orders bad_amount", null],
])("%s is shown as %j", (subject, words) => {
  expect(subjectWords(subject)).toEqual(words);
});

test("details stand by name, nested ones by their path; the reason has its column", () => {
  const details = {
    reason: "x",
    count: 3,
    before: { step: "12", gone: null },
    scopes: ["read", "ingest"],
    none: [],
  };
  expect(detailsOf(details)).toEqual([
    ["count", 3],
    ["before.step", "12"],
    ["before.gone", "—"],
    ["scopes", "read, ingest"],
    ["none", "—"],
  ]);
});
