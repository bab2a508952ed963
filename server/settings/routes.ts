import { listQuery } from "../contracts/api/common.ts";
import { settingsPatch } from "../contracts/api/settings.ts";
import { waitingAnswer } from "../four-eyes/answer.ts";
import { defineRoute, type Route } from "../http/define-route.ts";
import { changeSettings } from "./change-settings.ts";
import { isChangeGuarded, requireSecondAdministrator } from "./guards.ts";
import { proposeSettings } from "./propose-settings.ts";
import { businessCalendar, settings, settingsHistory } from "./read-settings.ts";

export const SETTINGS_ROUTES: readonly Route[] = [
  defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/settings",
    summary:
      "What administrators set: the text in force, and whether the environment, a person or nobody set it",
    right: "settings.read",
    answer: { schema: "Settings" },
    handle: ({ ctx }) => settings(ctx),
  }),
  defineRoute({
    tag: "System",
    method: "PATCH",
    path: "/api/v1/settings",
    summary: "Puts other settings in force, as the next version of all of them",
    description:
      "Each is written as its environment variable is; null takes it back. 409 set_by_environment where a variable wins.",
    right: "settings.write",
    ifMatch: true,
    isGuarded: true,
    body: { schema: settingsPatch },
    answer: { schema: "Settings" },
    handle: async ({ ctx, actor, version, body }) => {
      await requireSecondAdministrator(ctx, body);
      if (!(await isChangeGuarded(ctx, body))) return changeSettings(ctx, actor.id, version, body);
      return waitingAnswer(await proposeSettings(ctx, actor.id, version, body));
    },
  }),
  defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/settings/history",
    summary: "Who set what, newest first; of secrets only that they were set",
    right: "settings.read",
    query: listQuery,
    answer: { schema: "SettingsHistory" },
    handle: ({ ctx, query }) => settingsHistory(ctx, query),
  }),
  defineRoute({
    tag: "Retention",
    method: "GET",
    path: "/api/v1/business-calendar",
    summary: "When the office is open, and its days off",
    right: "retention.read",
    answer: { schema: "BusinessCalendar" },
    handle: ({ ctx }) => businessCalendar(ctx),
  }),
];
