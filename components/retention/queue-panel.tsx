"use client";
import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import { CASE_VERB_NAMES, CASE_VERBS, hasKey } from "#server/contracts/cases.ts";
import type { ListColumn } from "../ui/list/column.ts";
import { List, ListSkeleton } from "../ui/list/list.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useNow } from "../ui/use-now.ts";
import styles from "./queue.module.css";
import { QueueRow } from "./queue-row.tsx";
import { StateChips } from "./state-chips.tsx";
import type { DeskChoice } from "./use-desk-choice.ts";

const ROW_HEIGHT = 44;
const NARROW_ROW_HEIGHT = 96;
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

const COLUMNS = [
  { id: "customer", track: "minmax(96px, 1.1fr)", least: 96 },
  { id: "premiumAtRisk", track: "minmax(112px, 1.2fr)", least: 112 },
  { id: "change", track: "80px", least: 64 },
  { id: "rule", track: "minmax(64px, 1.3fr)", least: 64 },
  { id: "waiting", track: "80px", least: 64 },
  { id: "state", track: "96px", least: 80 },
  { id: "owner", track: "minmax(64px, 0.8fr)", least: 64 },
] as const;
const CLASSES = { ...styles, premiumAtRisk: styles.amount };

/** The queue: chips by state, the cases, and the keys that work it. */
export function QueuePanel({
  items,
  choice,
  isNarrow,
  hasMore,
  onMore,
  onChoose,
  ...props
}: QueuePanelProps) {
  const t = useTranslations("retention");
  const now = useNow(WAITING_TICK_MS);
  const columns = useMemo<ListColumn[]>(
    () => COLUMNS.map((column) => ({ ...column, words: t(`columns.${column.id}`) })),
    [t],
  );
  return (
    <section className={styles.panel} aria-label={t("queue")}>
      <div className={styles.head}>
        <StateChips />
        {/* Its place is kept while nothing waits: what stands beside it does not move when something does. */}
        <Button
          size="xs"
          variant="light"
          className={styles.arrivals}
          data-none={props.arrivals === 0 || undefined}
          onClick={props.onShow}
        >
          {t("arrivals", { count: props.arrivals })}
        </Button>
      </div>
      <List
        name="retention"
        label={t("list")}
        columns={columns}
        classNames={CLASSES}
        resizeLabel={(column) => t("resize", { column })}
        items={items}
        keyOf={(item) => item.id}
        height={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
        hasMore={hasMore}
        onMore={onMore}
        ahead={AHEAD}
        chosen={choice.case}
        instead={
          props.status === "success" && items.length > 0 ? undefined : <Instead choice={choice} {...props} />
        }
      >
        {(item) => <QueueRow item={item} isChosen={item.id === choice.case} now={now} onChoose={onChoose} />}
      </List>
      <Hints />
    </section>
  );
}

/** While the cases are read, when they could not be, when there are none. */
function Instead({ status, choice, onRetry }: Pick<QueuePanelProps, "status" | "choice" | "onRetry">) {
  const t = useTranslations("retention");
  if (status === "pending") return <ListSkeleton rows={SKELETON_ROWS} />;
  if (status === "error") {
    return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={onRetry} />;
  }
  return (
    <div className={styles.empty}>
      <strong>{t("empty.title")}</strong>
      <p>{t(emptyWords(choice))}</p>
    </div>
  );
}

function emptyWords({ find, state, owner }: DeskChoice) {
  if (find !== "") return "empty.found";
  return state === "now" && owner === "anyone" ? "empty.open" : "empty.filtered";
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
      <span>
        <kbd>z</kbd> {t("undo")}
      </span>
    </footer>
  );
}
