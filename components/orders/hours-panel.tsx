"use client";
import { Button } from "@mantine/core";
import { useTimeZone, useTranslations } from "use-intl";
import { addDays } from "#server/contracts/business-time.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";
import { EmptyDay } from "./empty-day.tsx";
import styles from "./hours-panel.module.css";
import { HoursTable } from "./hours-table.tsx";
import { Legend } from "./legend.tsx";
import type { HourRow } from "./prepare-hours.ts";
import type { BoardChoice } from "./use-board-choice.ts";
import type { BusinessClock } from "./use-business-clock.ts";

/** The figures are read before the charts have come: the table and the totals need none of their code. */
const HoursCharts = onDemand(() => import("./hours-charts.tsx").then((module) => module.HoursCharts));

interface HoursPanelProps {
  readonly date: string;
  readonly clock: BusinessClock;
  /** undefined while they are being read. */
  readonly rows: readonly HourRow[] | undefined;
  readonly choice: BoardChoice;
  readonly isEmpty: boolean;
  /** Tries again, when the figures could not be read. */
  readonly failed: (() => void) | null;
  readonly stale: boolean;
}

/** The day by the hour, as bars or as a table. */
export function HoursPanel(props: HoursPanelProps) {
  const { date, clock, rows, choice, stale } = props;
  const t = useTranslations("orders.hours");
  const zone = useTimeZone() ?? "";
  const isTable = choice.view === "table";
  const isToday = date === clock.today;
  const csv = new URLSearchParams({ date, show: choice.show, with: addDays(date, -1) });
  const actions = (
    <>
      <Legend
        show={choice.show}
        isToday={isToday}
        date={date}
        revised={rows?.some((row) => row.now?.revisedByLate) ?? false}
      />
      <Button
        variant="default"
        className={styles.button}
        onClick={() => void choice.choose({ view: isTable ? null : "table" })}
      >
        {t(isTable ? "chart" : "table")}
      </Button>
      <Button
        component="a"
        variant="default"
        className={styles.button}
        href={`/api/v1/orders/hourly.csv?${csv}`}
        download
      >
        {t("csv")}
      </Button>
    </>
  );
  return (
    <Panel
      title={t("title")}
      note={t("note", { zone })}
      actions={actions}
      stale={stale}
      className={styles.panel}
    >
      <HoursBody {...props} isTable={isTable} />
    </Panel>
  );
}

function HoursBody(props: HoursPanelProps & { readonly isTable: boolean }) {
  const { date, clock, rows, choice, isEmpty, failed, isTable } = props;
  const t = useTranslations("orders.hours");
  if (failed) return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={failed} />;
  if (!rows) return <div className={styles.skeleton} aria-hidden="true" />;
  if (isEmpty && rows.every((row) => row.before === null)) return <EmptyDay isToday={date === clock.today} />;
  const open = (hour: string) => void choice.choose({ hour });
  if (isTable) return <HoursTable rows={rows} show={choice.show} onOpen={open} />;
  return (
    <HoursCharts
      date={date}
      rows={rows}
      show={choice.show}
      minuteOfHour={clock.minuteOfHour}
      onOpen={open}
      meanwhile={(reload) =>
        reload ? (
          <LoadFailed message={t("failed")} retry={t("retry")} onRetry={reload} />
        ) : (
          <div className={styles.skeleton} aria-hidden="true" />
        )
      }
    />
  );
}
