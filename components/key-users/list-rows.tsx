"use client";
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { KeyUserSort } from "#server/contracts/list-form.ts";
import type { ListColumn } from "../ui/list/column.ts";
import { List } from "../ui/list/list.tsx";
import styles from "./list.module.css";
import type { ListPanelProps } from "./list-props.ts";
import { ListRow } from "./list-row.tsx";
import { directionOf, pressed, searchOf } from "./prepare-list.ts";
import { useListChoice } from "./use-list-choice.ts";

const ROW_HEIGHT = 44;
const CARD_HEIGHT = 192;
/** Rows from the end at which the next page is read. */
const AHEAD = 40;

type Column = Omit<ListColumn, "words" | "sort">;

/** Columns with what a press on their heads sorts by; the history is no property of a row, and masks are in no order. */
const COLUMNS = [
  { id: "customer", by: "userId", track: "minmax(112px, 1.1fr)", least: 112 },
  { id: "baseline", by: "rawPremium", track: "minmax(136px, 1fr)", least: 136, isEnd: true },
  { id: "cover", by: "rawInfo", track: "minmax(144px, 2fr)", least: 144 },
  { id: "segment", by: "segment", track: "minmax(80px, 0.8fr)", least: 80 },
  { id: "contact", by: null, track: "168px", least: 168 },
  { id: "baselineSince", by: "baselineAsOf", track: "152px", least: 96 },
  { id: "lastChange", by: "updatedAt", track: "minmax(116px, 1.2fr)", least: 96 },
  { id: "state", by: "state", track: "88px", least: 88 },
  { id: "history", by: null, track: "72px", least: 72 },
] as const satisfies readonly (Column & { readonly by: KeyUserSort | null })[];

/** The customers, as a table. */
export function ListRows({ users, query, choice, isNarrow, canWrite, onHistory }: ListPanelProps) {
  const t = useTranslations("keyUsers");
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const columns = useColumns();
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
      asked={searchOf(choice).toString()}
      isPassing={query.isPlaceholderData}
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

function useColumns(): ListColumn[] {
  const t = useTranslations("keyUsers.columns");
  const [{ sort, direction }, setChoice] = useListChoice();
  return useMemo(() => {
    const sortOf = (by: KeyUserSort) => ({
      direction: by === sort ? directionOf({ sort, direction }) : null,
      onPress: () => void setChoice(pressed({ sort, direction }, by)),
    });
    return COLUMNS.map(({ by, ...column }) => ({
      ...column,
      words: t(column.id),
      ...(by === null ? {} : { sort: sortOf(by) }),
    }));
  }, [t, sort, direction, setChoice]);
}
