"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { Setting } from "#server/contracts/api/settings.ts";
import { WEEKDAYS } from "#server/contracts/business-calendar.ts";
import type { GuardedAct } from "#server/contracts/four-eyes.ts";
import { isSecretSetting, SETTINGS } from "#server/contracts/settings.ts";
import { plainText } from "../ui/plain-text.ts";

const DAY_MS = 86_400_000;
/** Any one; noon of it in UTC. */
const MONDAY = Date.UTC(2026, 0, 5, 12);
const WEEKDAY = new RegExp(WEEKDAYS.join("|"), "g");

/** A setting's text as people read it. */
export function useValueWords(): (setting: Pick<Setting, "name" | "value" | "origin">) => string {
  const t = useTranslations("settings");
  const format = useFormatter();
  const dayWords = (day: string) =>
    format.dateTime(new Date(MONDAY + WEEKDAYS.indexOf(day as (typeof WEEKDAYS)[number]) * DAY_MS), {
      weekday: "short",
      timeZone: "UTC",
    });
  return ({ name, value, origin }) => {
    if (isSecretSetting(name)) return t(origin === "default" ? "nothing" : "secretSet");
    if (value === null || value === "" || value === "none") return t("nothing");
    if (SETTINGS[name].form === "duration") return durationWords(value, t);
    if (name === "BUSINESS_HOURS") return value.replace(WEEKDAY, dayWords);
    if (name !== "FOUR_EYES") return plainText(value);
    return actsIn(value)
      .map((act) => t(`acts.${act}`))
      .join(", ");
  };
}

/** Acts that a text names. */
export const actsIn = (text: string | null): GuardedAct[] =>
  (text ?? "")
    .split(/[,\n]/)
    .map((act) => act.trim())
    .filter((act): act is GuardedAct => act === "thresholds" || act === "list" || act === "roles");

const DAYS = /^(\d+)d$/;

/** Other units than days are left as they are written. */
function durationWords(text: string, t: ReturnType<typeof useTranslations<"settings">>): string {
  const [, days] = DAYS.exec(text) ?? [];
  if (days === undefined) return text;
  return Number(days) === 0 ? t("forEver") : t("days", { count: Number(days) });
}
