"use client";
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ListColumn } from "../ui/list/column.ts";
import { List } from "../ui/list/list.tsx";
import styles from "./list.module.css";
import type { ListPanelProps } from "./list-props.ts";
import { ListRow } from "./list-row.tsx";

const ROW_HEIGHT = 44;
const CARD_HEIGHT = 148;
/** Rows from the end at which the next page is read. */
const AHEAD = 40;

const COLUMNS = [
  { id: "customer", track: "minmax(112px, 1.1fr)", least: 112 },
  { id: "baseline", track: "minmax(136px, 1fr)", least: 136 },
  { id: "cover", track: "minmax(144px, 2fr)", least: 144 },
  { id: "baselineSince", track: "152px", least: 96 },
  { id: "lastChange", track: "minmax(96px, 1.2fr)", least: 96 },
  { id: "state", track: "88px", least: 88 },
  { id: "history", track: "72px", least: 72 },
] as const;

/** The customers, as a table. */
export function ListRows({ users, query, isNarrow, canWrite, onHistory }: ListPanelProps) {
  const t = useTranslations("keyUsers");
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const columns = useMemo<ListColumn[]>(
    () => COLUMNS.map((column) => ({ ...column, words: t(`columns.${column.id}`) })),
    [t],
  );
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  return (
    <List
      name="key-users"
      label={t("list.label")}
      columns={columns}
      classNames={styles}
      resizeLabel={(column) => t("list.resize", { column })}
      items={users}
      keyOf={(user) => user.userId}
      height={isNarrow ? CARD_HEIGHT : ROW_HEIGHT}
      hasMore={hasNextPage}
      onMore={more}
      ahead={AHEAD}
      table={{
        total: query.data?.pages[0]?.total ?? users.length,
        rowProps: ({ removedAt }) => ({
          className: styles.row ?? "",
          ...(removedAt === null ? {} : { "data-removed": true }),
        }),
      }}
    >
      {(user) => <ListRow user={user} canWrite={canWrite} onHistory={onHistory} />}
    </List>
  );
}
