"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import styles from "./list.module.css";
import type { ListPanelProps } from "./list-props.ts";
import { ListRow } from "./list-row.tsx";

const ROW_HEIGHT = 44;
const CARD_HEIGHT = 148;
const OVERSCAN = 8;
/** Rows from the end at which the next page is read. */
const AHEAD = 40;

/** Only the rows in sight are in the document, however long the list is. */
export function ListRows({ users, query, isNarrow, canWrite, onHistory }: ListPanelProps) {
  const t = useTranslations("keyUsers.list");
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: users.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? CARD_HEIGHT : ROW_HEIGHT),
    overscan: OVERSCAN,
    getItemKey: (index) => users[index]?.userId ?? index,
  });
  useEffect(() => {
    rows.measure();
    void isNarrow; // another shape, another height
  }, [rows, isNarrow]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= users.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, users.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0}>
      <table
        className={styles.table}
        aria-label={t("label")}
        aria-rowcount={(query.data?.pages[0]?.total ?? users.length) + 1}
      >
        <Columns />
        <tbody className={styles.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const user = users[row.index];
            return user ? (
              <tr
                key={row.key}
                aria-rowindex={row.index + 2}
                className={styles.row}
                data-removed={user.removedAt !== null || undefined}
                style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              >
                <ListRow user={user} canWrite={canWrite} onHistory={onHistory} />
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = ["customer", "baseline", "cover", "baselineSince", "lastChange", "state", "history"] as const;

function Columns() {
  const t = useTranslations("keyUsers.columns");
  return (
    <thead className={styles.heads}>
      <tr aria-rowindex={1} className={styles.columns}>
        {COLUMNS.map((column) => (
          <th key={column} scope="col" className={styles[column]}>
            {t(column)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
