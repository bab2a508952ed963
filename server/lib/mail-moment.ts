import type { Locale } from "../contracts/locale.ts";

/** A moment as e-mails write it, e.g. `29 Nov 2026, 18:00`. */
export const mailMoment = (at: Date, language: Locale, zone: string): string =>
  new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  }).format(at);
