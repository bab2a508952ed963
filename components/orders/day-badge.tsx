"use client";
import { UnstyledButton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import styles from "./day-badge.module.css";

interface DayBadgeProps {
  /** The revision shown; 0: none yet, or the day is open: the badge keeps its place and is not seen. */
  readonly revision: number;
  /** An earlier one than the newest was chosen. */
  readonly isEarlier: boolean;
  readonly onOpen: () => void;
}

/** Says that the day is closed, and in which revision it is shown; opens what it has been. */
export function DayBadge({ revision, isEarlier, onOpen }: DayBadgeProps) {
  const t = useTranslations("orders.closed");
  const words = t(isEarlier ? "earlier" : "badge", { revision: Math.max(revision, 1) });
  return (
    <UnstyledButton
      className={styles.badge}
      data-absent={revision === 0 || undefined}
      data-earlier={isEarlier || undefined}
      aria-label={`${words}. ${t("open")}`}
      onClick={onOpen}
    >
      <IconLock size={14} aria-hidden="true" />
      <span className={styles.words}>{words}</span>
    </UnstyledButton>
  );
}
