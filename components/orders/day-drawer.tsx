"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { DayRevisions } from "#server/contracts/api/days.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useMoney } from "../ui/use-money.ts";
import list from "./drawer-list.module.css";
import styles from "./figures-table.module.css";
import { LateOrders } from "./late-orders.tsx";
import { useDayRevisions } from "./use-day.ts";

interface DayDrawerProps {
  readonly date: string;
  /** The revision shown on the board. */
  readonly shown: number;
  /** null: the newest. */
  readonly onShow: (revision: number | null) => void;
  readonly onClose: () => void;
}

/** What a closed day was said to be, revision by revision, and the late orders that wait (rule O6). */
export function DayDrawer({ date, shown, onShow, onClose }: DayDrawerProps) {
  const t = useTranslations("orders.closed");
  const query = useDayRevisions(date);
  const { data } = query;
  return (
    <SidePanel size="wide" title={t("title", { date })} close={t("close")} onClose={onClose}>
      <p className={list.lead}>{t("lead")}</p>
      {query.isError && !data ? (
        <LoadFailed message={t("failed")} retry={t("retry")} onRetry={() => void query.refetch()} />
      ) : null}
      {data ? (
        <>
          <Revisions revisions={data} shown={shown} onShow={onShow} />
          <LateOrders date={date} revision={data.revision} count={data.lateEvents} />
        </>
      ) : null}
    </SidePanel>
  );
}

interface RevisionsProps {
  readonly revisions: DayRevisions;
  readonly shown: number;
  readonly onShow: (revision: number | null) => void;
}

function Revisions({ revisions, shown, onShow }: RevisionsProps) {
  const t = useTranslations("orders.closed");
  const format = useFormatter();
  const money = useMoney();
  return (
    <table className={`${styles.table} ${list.rows}`}>
      <thead>
        <tr>
          {(["revision", "at", "who", "why", "premium", "shown"] as const).map((name) => (
            <th key={name} scope="col" className={name === "premium" ? styles.number : undefined}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {revisions.items.map((item) => (
          <tr key={item.revision}>
            <th scope="row">{item.revision}</th>
            <td data-label={t("at")}>{format.dateTime(new Date(item.at), MOMENT)}</td>
            <td data-label={t("who")}>{item.actor ?? t("itself")}</td>
            <td data-label={t("why")}>
              {item.reason ?? t("dayClosed")}
              {item.lateEvents > 0 ? (
                <span className={styles.quiet}> · {t("taken", { count: item.lateEvents })}</span>
              ) : null}
            </td>
            <td className={styles.number} data-label={t("premium")}>
              {money(item.totalPremium)}
            </td>
            <td data-label={t("shown")}>
              <Button
                size="compact-sm"
                variant="default"
                disabled={item.revision === shown}
                onClick={() => onShow(item.revision === revisions.revision ? null : item.revision)}
              >
                {t(item.revision === shown ? "isShown" : "show", { revision: item.revision })}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MOMENT = { dateStyle: "medium", timeStyle: "short" } as const;
