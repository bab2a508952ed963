"use client";
import { useTranslations } from "use-intl";
import type { CaseState } from "#server/contracts/api/retention.ts";
import styles from "./state-badge.module.css";

/** A case's state in a word; colour only for what asks for action. */
export function StateBadge({ state }: { readonly state: CaseState }) {
  const t = useTranslations("retention.states");
  return (
    <span className={styles.badge} data-state={state}>
      {t(state)}
    </span>
  );
}
