"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { Messages } from "../i18n/messages.ts";

type DetailName = keyof Messages["audit"]["names"];

/** What stands in an entry's details, in the reader's language; what has no words stands as it was recorded. */
export function useDetailWords() {
  const t = useTranslations("audit");
  const format = useFormatter();
  return {
    // Nested ones by their path: "changed · KEEP_LOG · after".
    name: (path: string): string =>
      path
        .split(".")
        .map((name) => (t.has(`names.${name as DetailName}`) ? t(`names.${name as DetailName}`) : name))
        .join(" · "),
    value: (value: unknown): string => {
      if (typeof value === "boolean") return t(value ? "yes" : "no");
      return typeof value === "number" ? format.number(value) : String(value);
    },
  };
}
