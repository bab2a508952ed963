"use client";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useKeys } from "../ui/keys.tsx";

/** j and k go from entry to entry; Enter opens the one that has the focus, as it presses any button. */
export function useAuditKeys(): void {
  const t = useTranslations("audit.keys");
  const group = useMemo(
    () => ({
      title: t("title"),
      shortcuts: [
        { key: "j", words: t("next"), run: () => move(1) },
        { key: "k", words: t("previous"), run: () => move(-1) },
      ],
    }),
    [t],
  );
  useKeys(group);
}

function move(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-audit-entry]")];
  const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}
