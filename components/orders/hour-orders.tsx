"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { isPruned } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { plainLine } from "../ui/plain-text.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./inspector.module.css";
import { useWinners } from "./use-winners.ts";

/** The last orders that an hour is made of, newest first; personal data is masked. */
export function HourOrders({ bizHour }: { readonly bizHour: string }) {
  const t = useTranslations("orders.winners");
  const tOrders = useTranslations("orders");
  const format = useFormatter();
  const money = useMoney();
  const query = useWinners(bizHour);
  const items = query.data?.pages.flatMap((page) => page.items);
  if (isPruned(query.error)) return <p className={styles.words}>{tOrders("pruned")}</p>;
  if (!items && query.isError) {
    return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void query.refetch()} />;
  }
  if (!items) return <div className={styles.skeleton} aria-hidden="true" />;
  return (
    <>
      <p className={styles.words}>{items.length === 0 ? t("empty") : t("lead")}</p>
      <ol className={styles.list}>
        {items.map((winner) => (
          <li key={winner.userId} className={styles.change}>
            <span className={styles.amount}>{winner.payable === null ? "–" : money(winner.payable)}</span>
            <span className={styles.said}>
              {plainLine(winner.userId, winner.customerName, winner.customerTel)}
              <span className={styles.detail}>{plainLine(winner.orderNo, winner.orderType)}</span>
            </span>
            <time className={styles.time} dateTime={winner.at}>
              {format.dateTime(new Date(winner.at), CLOCK)}
            </time>
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button
          variant="default"
          className={styles.more ?? ""}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
