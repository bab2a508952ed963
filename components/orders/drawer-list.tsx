"use client";
import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isPruned } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./drawer-list.module.css";
import table from "./figures-table.module.css";

interface DrawerListProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Item[] }>>;
  readonly lead: ReactNode;
  readonly words: Readonly<Record<"more" | "empty" | "failed" | "retry", string>>;
  /** Column heads; the last is of amounts. */
  readonly head: readonly string[];
  readonly rowOf: (item: Item) => ReactNode;
}

/** A paged table in a drawer: being read, failed, not kept any more, empty, or its rows and a way to more. */
export function DrawerList<Item>({ query, lead, words, head, rowOf }: DrawerListProps<Item>) {
  const t = useTranslations("orders");
  const items = query.data?.pages.flatMap((page) => page.items);
  if (!items && isPruned(query.error)) return <p className={styles.lead}>{t("pruned")}</p>;
  if (!items && query.isError) {
    return <LoadFailed message={words.failed} retry={words.retry} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      <p className={styles.lead}>{lead}</p>
      {items ? null : <div className={styles.skeleton} aria-hidden="true" />}
      {items?.length === 0 ? <p className={styles.lead}>{words.empty}</p> : null}
      {items && items.length > 0 ? (
        <table className={`${table.table} ${styles.rows}`}>
          <thead>
            <tr>
              {head.map((name, index) => (
                <th key={name} scope="col" className={index === head.length - 1 ? table.number : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{items.map(rowOf)}</tbody>
        </table>
      ) : null}
      {query.hasNextPage ? (
        <Button
          variant="default"
          className={styles.more}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.more}
        </Button>
      ) : null}
    </>
  );
}
