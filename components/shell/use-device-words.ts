"use client";
import { useTranslations } from "use-intl";
import type { PersonSession } from "#server/contracts/api/people.ts";

/** "Chrome on Windows", as far as it is known. */
export function useDeviceWords(): (session: Pick<PersonSession, "browser" | "system">) => string {
  const t = useTranslations("shell.sessions");
  return ({ browser, system }) => {
    if (browser !== null && system !== null) return t("on", { browser, system });
    return browser ?? system ?? t("unknownDevice");
  };
}
