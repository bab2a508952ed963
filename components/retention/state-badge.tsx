"use client";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import styles from "./state-badge.module.css";

/** A case's state in a word, a closed one's outcome; colour only for what asks for action. */
export function StateBadge({
  of: { state, outcome },
}: {
  readonly of: Pick<CaseSummary, "state" | "outcome">;
}) {
  const t = useTranslations("retention");
  const words = state === "closed" && outcome !== null ? t(`outcomes.${outcome}`) : t(`states.${state}`);
  return (
    <span className={styles.badge} data-state={state}>
      {words}
    </span>
  );
}
