"use client";
import { useTranslations } from "use-intl";
import { plainText } from "./plain-text.ts";

/** A page type in the reader's language; one that is not known is shown as it came. */
export function usePageType(): (pageType: string) => string {
  const t = useTranslations("shell.pageTypes");
  return (pageType) => (t.has(pageType as "home") ? t(pageType as "home") : plainText(pageType));
}
