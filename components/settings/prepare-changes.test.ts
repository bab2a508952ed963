import { describe, expect, test } from "vitest";
import type { Setting } from "#server/contracts/api/settings.ts";
import { changesIn, TAKE_AWAY } from "./prepare-changes.ts";

const setting = (given: Partial<Setting> & Pick<Setting, "name">): Setting => ({
  value: null,
  usual: null,
  origin: "default",
  ...given,
});
const form = (fields: Readonly<Record<string, string>>) => (field: string) => fields[field] ?? "";

const KEEP = setting({ name: "KEEP_LOG", value: "400d", usual: "400d" });
const SET = setting({ name: "KEEP_LOG", value: "90d", usual: "400d", origin: "settings" });
const HOOK = setting({ name: "NOTIFY_WEBHOOK_URL" });
const SET_HOOK = setting({ name: "NOTIFY_WEBHOOK_URL", origin: "settings" });
const EYES = setting({ name: "FOUR_EYES", value: "none", usual: "none" });

describe("a form of settings changes", () => {
  test.each([
    ["nothing that was left alone", KEEP, { KEEP_LOG: "400d" }, {}],
    ["what is entered anew", KEEP, { KEEP_LOG: "90d" }, { KEEP_LOG: "90d" }],
    ["what was set and is emptied, back to what comes", SET, { KEEP_LOG: "" }, { KEEP_LOG: null }],
    ["nothing that is as it comes and is emptied", KEEP, { KEEP_LOG: "" }, {}],
    ["no secret that is left empty", SET_HOOK, {}, {}],
    [
      "a secret that is entered",
      HOOK,
      { NOTIFY_WEBHOOK_URL: "https://a.b" },
      { NOTIFY_WEBHOOK_URL: "https://a.b" },
    ],
    ["a secret that is taken away", SET_HOOK, { [TAKE_AWAY]: "on" }, { NOTIFY_WEBHOOK_URL: null }],
    [
      "none of it that the environment sets",
      { ...SET, origin: "environment" as const },
      { KEEP_LOG: "1d" },
      {},
    ],
    [
      "choices",
      EYES,
      { "FOUR_EYES.roles": "on", "FOUR_EYES.thresholds": "on" },
      { FOUR_EYES: "thresholds, roles" },
    ],
    ["no choices that stay", EYES, {}, {}],
  ])("%s", (_, item, fields, changes) => {
    expect(changesIn([item], form(fields))).toEqual(changes);
  });
});
