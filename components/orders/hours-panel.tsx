"use client";
import { Button } from "@mantine/core";
import { useTimeZone, useTranslations } from "use-intl";
import { LoadFailed } from "../ui/load-failed.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";
import { Segments } from "../ui/segments.tsx";
import type { Address } from "./address.ts";
import { EmptyDay } from "./empty-day.tsx";
import styles from "./hours-panel.module.css";
import { HoursTable } from "./hours-table.tsx";
import { Legend } from "./legend.tsx";
import { SHOWS } from "./prepare-hours.ts";
import type { Board } from "./use-board.ts";
import type { BoardChoice } from "./use-board-choice.ts";
import type { BusinessClock } from "./use-business-clock.ts";
import type { ComparedWords } from "./use-compared-words.ts";

/** The figures are read before the charts have come: the table and the totals need none of their code. */
const HoursCharts = onDemand(() => import("./hours-charts.tsx").then((module) => module.HoursCharts));

/** Where the chart stands: who covers a part of a small screen brings it into sight. */
export const CHART_PLACE = "chart-of-the-day";

interface HoursPanelProps {
  readonly address: Address;
  readonly words: ComparedWords;
  readonly clock: BusinessClock;
  readonly choice: BoardChoice;
  readonly board: Board;
  readonly stale: boolean;
}

/** The day by the hour, as bars or as a table. */
export function HoursPanel(props: HoursPanelProps) {
  const t = useTranslations("orders.hours");
  const zone = useTimeZone() ?? "";
  return (
    <Panel
      title={t("title")}
      note={t("note", { zone })}
      actions={<Actions {...props} />}
      stale={props.stale}
      className={`${styles.panel} ${CHART_PLACE}`}
    >
      <HoursBody {...props} />
    </Panel>
  );
}

function Actions({ address, words, clock, choice, board }: HoursPanelProps) {
  const t = useTranslations("orders.hours");
  const tShow = useTranslations("orders.show");
  const { date, compared } = address;
  const { show, choose } = choice;
  const isTable = choice.view === "table";
  const csv = new URLSearchParams({ date, show, with: compared });
  return (
    <>
      <Legend
        show={show}
        isToday={date === clock.today}
        date={date}
        compared={words.name}
        revised={board.rows?.some((row) => row.now?.revisedByLate) ?? false}
      />
      <Segments
        className={styles.show}
        label={tShow("label")}
        value={show}
        onChange={(value) => void choose({ show: value })}
        data={SHOWS.map((value) => ({ value, label: tShow(value) }))}
      />
      <Button
        variant="default"
        className={styles.button}
        onClick={() => void choose({ view: isTable ? null : "table" })}
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
}

function HoursBody({ address, words, clock, choice, board }: HoursPanelProps) {
  const t = useTranslations("orders.hours");
  const { date } = address;
  const { rows, compared } = board;
  if (board.failed) return <LoadFailed message={t("failed")} retry={t("retry")} onRetry={board.failed} />;
  if (!rows) return <div className={styles.skeleton} aria-hidden="true" />;
  const isToday = date === clock.today;
  if (rows.every((row) => row.now === null && row.whole === null)) return <EmptyDay isToday={isToday} />;
  const open = (hour: string) => void choice.choose({ hour });
  if (choice.view === "table") {
    return (
      <HoursTable
        rows={rows}
        compared={compared}
        show={choice.show}
        words={words}
        isToday={isToday}
        onOpen={open}
      />
    );
  }
  return (
    <HoursCharts
      date={date}
      rows={rows}
      show={choice.show}
      words={words}
      open={address.hour}
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
