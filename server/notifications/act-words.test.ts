import { expect, test } from "vitest";
import { LOCALES } from "../contracts/locale.ts";
import { ALERT_KINDS, TOLD, type ToldAct } from "../contracts/told.ts";
import { actMail } from "./act-words.ts";
import type { NoticeFacts } from "./notice-facts.ts";

const FACTS: NoticeFacts = { by: "He Min", userId: "7", segment: null, act: "roles", proposalState: "open" };
const aTold = (kind: ToldAct, actor = "he") => ({
  key: "act_1",
  kind,
  caseId: null,
  actor,
  subject: "person lin",
  address: "203.0.113.7",
  createdAt: "2026-11-22T04:00:00.000Z",
});
const mail = (kind: ToldAct, language: (typeof LOCALES)[number] = "en", actor?: string) =>
  actMail(aTold(kind, actor), FACTS, {
    language,
    zone: "Asia/Shanghai",
    link: "https://tidewatch.test/me",
    personId: "lin",
  });

test("one's own account: when, from where, what to do if it was somebody else, where to look", () => {
  expect(mail("session.sign-in", "en", "lin")).toEqual({
    subject: "Tidewatch: Signed in from a new browser",
    text: [
      "Your account was signed in from a browser that it had not been used in before.",
      "Time: 22 Nov 2026, 12:00 (Asia/Shanghai)",
      "From: 203.0.113.7",
      "",
      "If this was not you, choose another password and tell an administrator.",
      "",
      "https://tidewatch.test/me",
      "",
    ].join("\n"),
  });
});

test("from where somebody else did it is not told, and who did it is", () => {
  const { text } = mail("second-factor.reset");
  expect(text).toContain("He Min took the second factor of your account away.");
  expect(text).not.toContain("203.0.113.7");
});

test("a case by its customer's number, a proposal by what was proposed", () => {
  expect(mail("retention.takenOver").text).toContain("He Min took over your case of customer 7.");
  expect(mail("proposal.make", "zh").text).toContain("He Min 提交了操作：更改人员角色。");
  expect(mail("retention.closed").text).not.toContain("If this was not you");
});

test.each(LOCALES)("every act has a subject of its own: %s", (language) => {
  const kinds = Object.values(TOLD)
    .flatMap(({ of }) => [...of])
    .filter((each): each is ToldAct => !ALERT_KINDS.some((kind) => kind === each));
  const subjects = kinds.map((kind) => mail(kind, language).subject);
  expect(new Set(subjects).size).toBe(kinds.length);
});
