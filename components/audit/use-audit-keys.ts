"use client";
import { useTranslations } from "use-intl";
import { useRowKeys } from "../ui/use-row-keys.ts";

/** j and k go from entry to entry. */
export function useAuditKeys(): void {
  const t = useTranslations("audit.keys");
  useRowKeys("[data-audit-entry]", { title: t("title"), next: t("next"), previous: t("previous") });
}
