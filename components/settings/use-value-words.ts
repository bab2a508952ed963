"use client";
import { useTranslations } from "use-intl";
import type { Setting } from "#server/contracts/api/settings.ts";
import type { GuardedAct } from "#server/contracts/four-eyes.ts";
import { isSecretSetting, SETTINGS } from "#server/contracts/settings.ts";
import { plainText } from "../ui/plain-text.ts";

/** A setting's text as people read it. */
export function useValueWords(): (setting: Pick<Setting, "name" | "value" | "origin">) => string {
  const t = useTranslations("settings");
  return ({ name, value, origin }) => {
    if (isSecretSetting(name)) return t(origin === "default" ? "nothing" : "secretSet");
    if (value === null || value === "" || value === "none") return t("nothing");
    if (SETTINGS[name].form === "duration") return durationWords(value, t);
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
