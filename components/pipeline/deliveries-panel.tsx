"use client";
import { Button, Switch } from "@mantine/core";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import styles from "./deliveries-panel.module.css";
import { DeliveryTable } from "./delivery-table.tsx";
import { useDeliveries } from "./use-deliveries.ts";

/** Notices to business managers: which arrived, which are tried again, which were given up. */
export function DeliveriesPanel() {
  const t = useTranslations("pipeline.deliveries");
  const page = useTranslations("pipeline");
  const [deadOnly, setDeadOnly] = useQueryState("dead", parseAsBoolean.withDefault(false));
  const { data, isError, refetch, ...older } = useDeliveries(deadOnly);
  const items = data?.pages.flatMap((part) => part.items);
  return (
    <Panel title={t("title")} note={t("subtitle")}>
      <div className={styles.body}>
        <Switch
          label={t("deadOnly")}
          checked={deadOnly}
          onChange={(event) => void setDeadOnly(event.currentTarget.checked)}
        />
        {items && items.length > 0 ? <DeliveryTable items={items} /> : null}
        {older.hasNextPage ? (
          <Button
            variant="default"
            className={styles.more}
            loading={older.isFetchingNextPage}
            onClick={() => void older.fetchNextPage()}
          >
            {t("more")}
          </Button>
        ) : null}
        {items?.length === 0 ? <p className={styles.quiet}>{t(deadOnly ? "noneDead" : "none")}</p> : null}
        {!items && isError ? (
          <LoadFailed message={t("failed")} retry={page("retry")} onRetry={() => void refetch()} />
        ) : null}
        {items || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
      </div>
    </Panel>
  );
}
