"use client";
import { Button } from "@mantine/core";
import { parseAsString, useQueryStates } from "nuqs";
import { useTranslations } from "use-intl";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import styles from "./dead-letters-panel.module.css";
import { ReasonChips } from "./reason-chips.tsx";
import { useDeadLetters } from "./use-dead-letters.ts";

/** Refused lines with their reasons, filtered by the reason chosen; the filter lives in the URL. */
export function DeadLettersPanel() {
  const t = useTranslations("pipeline.deadLetters");
  const page = useTranslations("pipeline");
  const [filter, setFilter] = useQueryStates({
    stream: parseAsString.withDefault(""),
    code: parseAsString.withDefault(""),
  });
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDeadLetters(filter);
  const items = data?.pages.flatMap((part) => part.items);
  return (
    <Panel title={t("title")} note={t("subtitle")}>
      <ReasonChips filter={filter} onFilter={(next) => void setFilter(next)} />
      <div className={styles.body}>
        {items && items.length > 0 ? <DeadLetterTable items={items} /> : null}
        {items?.length === 0 ? (
          <p className={styles.none}>{t(isFiltered(filter) ? "noneHere" : "none")}</p>
        ) : null}
        {!items && isError ? (
          <LoadFailed message={t("failed")} retry={page("retry")} onRetry={() => void refetch()} />
        ) : null}
        {items || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
        {hasNextPage ? (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

const isFiltered = (filter: { stream: string; code: string }): boolean => filter.stream + filter.code !== "";
