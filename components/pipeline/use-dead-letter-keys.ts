"use client";
import { useTranslations } from "use-intl";
import { useRowKeys } from "../ui/use-row-keys.ts";

/** j and k go from line to line. */
export function useDeadLetterKeys(): void {
  const t = useTranslations("pipeline.deadLetters.keys");
  useRowKeys("[data-dead-letter]", { title: t("title"), next: t("next"), previous: t("previous") });
}
