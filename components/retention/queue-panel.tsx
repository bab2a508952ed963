"use client";
import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import { CASE_VERB_NAMES, CASE_VERBS, hasKey } from "#server/contracts/cases.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useNow } from "../ui/use-now.ts";
import styles from "./queue.module.css";
import { QueueRow } from "./queue-row.tsx";
import { StateChips } from "./state-chips.tsx";
import type { DeskChoice } from "./use-desk-choice.ts";

const ROW_HEIGHT = 44;
const NARROW_ROW_HEIGHT = 96;
const OVERSCAN = 8;
const SKELETON_ROWS = 12;
const WAITING_TICK_MS = 30_000;
/** Rows from the end at which the next page is read. */
const AHEAD = 20;

export interface QueuePanelProps {
  readonly items: readonly CaseSummary[];
  readonly status: "pending" | "error" | "success";
  readonly choice: DeskChoice;
  readonly arrivals: number;
  readonly isNarrow: boolean;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly onShow: () => void;
  readonly onRetry: () => void;
  readonly onChoose: (id: string) => void;
}

/** The queue: chips by state, the cases, and the keys that work it. */
export function QueuePanel(props: QueuePanelProps) {
  const t = useTranslations("retention");
  return (
    <section className={styles.panel} aria-label={t("queue")}>
      <div className={styles.head}>
        <StateChips />
        {props.arrivals > 0 ? (
          <Button size="xs" variant="light" className={styles.arrivals} onClick={props.onShow}>
            {t("arrivals", { count: props.arrivals })}
          </Button>
        ) : null}
      </div>
      <Columns />
      <div className={styles.body}>
        <Body {...props} />
      </div>
      <Hints />
    </section>
  );
}

function Columns() {
  const t = useTranslations("retention.columns");
  return (
    <div className={styles.columns} aria-hidden="true">
      <span className={styles.customer}>{t("customer")}</span>
      <span className={styles.amount}>{t("premiumAtRisk")}</span>
      <span className={styles.change}>{t("change")}</span>
      <span className={styles.rule}>{t("rule")}</span>
      <span className={styles.waiting}>{t("waiting")}</span>
      <span className={styles.state}>{t("state")}</span>
      <span className={styles.owner}>{t("owner")}</span>
    </div>
  );
}

function Body(props: QueuePanelProps) {
  const t = useTranslations("retention");
  if (props.status === "pending") {
    return Array.from({ length: SKELETON_ROWS }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all alike
      <div key={row} className={styles.skeleton} aria-hidden="true" />
    ));
  }
  if (props.status === "error") {
    return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={props.onRetry} />;
  }
  if (props.items.length === 0) {
    return (
      <div className={styles.empty}>
        <strong>{t("empty.title")}</strong>
        <p>
          {props.choice.state === "now" && props.choice.owner === "anyone"
            ? t("empty.open")
            : t("empty.filtered")}
        </p>
      </div>
    );
  }
  return <Rows {...props} />;
}

/** Only the rows in sight are in the document, however long the queue is. */
function Rows({ items, choice, isNarrow, hasMore, onMore, onChoose }: QueuePanelProps) {
  const t = useTranslations("retention");
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(WAITING_TICK_MS);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT),
    overscan: OVERSCAN,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= items.length - AHEAD) onMore();
  }, [hasMore, last, items.length, onMore]);
  const chosen = items.findIndex((item) => item.id === choice.case);
  useEffect(() => {
    if (chosen >= 0) rows.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={t("list")}>
      <div className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item ? (
            <div
              key={row.key}
              className={styles.slot}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            >
              <QueueRow item={item} isChosen={item.id === choice.case} now={now} onChoose={onChoose} />
            </div>
          ) : null;
        })}
      </div>
    </section>
  );
}

function Hints() {
  const t = useTranslations("retention.hints");
  return (
    <footer className={styles.hints} aria-hidden="true">
      <span>
        <kbd>j</kbd> <kbd>k</kbd> {t("move")}
      </span>
      {CASE_VERB_NAMES.filter(hasKey).map((name) => (
        <span key={name}>
          <kbd>{CASE_VERBS[name].key}</kbd> {t(name)}
        </span>
      ))}
    </footer>
  );
}
