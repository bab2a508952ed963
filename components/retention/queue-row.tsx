"use client";
import { memo, useRef } from "react";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import list from "../ui/list/list.module.css";
import { useAge } from "../ui/use-age.ts";
import { useMoney } from "../ui/use-money.ts";
import { Customer } from "./customer.tsx";
import styles from "./queue.module.css";
import { StateBadge } from "./state-badge.tsx";

export interface QueueRowProps {
  readonly item: CaseSummary;
  readonly isChosen: boolean;
  /** ms; null before the browser has taken over. */
  readonly now: number | null;
  readonly onChoose: (id: string) => void;
}

/** One case in the queue. A changed row glows once; one that only scrolls into sight does not. */
export const QueueRow = memo(function QueueRow({ item, isChosen, now, onChoose }: QueueRowProps) {
  const t = useTranslations("retention");
  const age = useAge();
  const money = useMoney();
  const first = useRef(item.updatedAt);
  const isWaiting = item.state !== "closed" && item.state !== "recovered";
  const waiting = now === null || !isWaiting ? "" : age((now - Date.parse(item.openedAt)) / 1000);
  return (
    <button
      type="button"
      className={`${list.row} ${styles.row}`}
      aria-current={isChosen ? "true" : undefined}
      onClick={() => onChoose(item.id)}
    >
      {item.updatedAt === first.current ? null : (
        <span key={item.updatedAt} className={styles.glow} aria-hidden="true" />
      )}
      <span className={styles.customer}>
        <Customer of={item} />
      </span>
      <span className={styles.amount}>{money(item.premiumAtRisk)}</span>
      <span className={styles.change}>{item.dropPercent === "0.0" ? "" : `−${item.dropPercent} %`}</span>
      <span className={styles.rule}>{item.rules.map((rule) => ruleWord(t, rule)).join(" · ")}</span>
      <span className={styles.waiting}>
        {/* New words are a new element: a longer time has not moved, it has been written anew. */}
        <span key={waiting}>{waiting}</span>
      </span>
      <span className={styles.state}>
        <StateBadge of={item} />
      </span>
      <span className={styles.owner}>{item.assignee?.name ?? t("nobody")}</span>
    </button>
  );
});

function ruleWord(t: ReturnType<typeof useTranslations<"retention">>, rule: string): string {
  return rule === "step" || rule === "cumulative" ? t(`rules.${rule}`) : rule;
}
