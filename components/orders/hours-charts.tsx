"use client";
import { memo, useCallback, useMemo, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { HourBars } from "../charts/hour-bars.tsx";
import { HourFacts } from "./hour-facts.tsx";
import styles from "./hours-charts.module.css";
import { countColumns, type HourRow, premiumColumns, type Show } from "./prepare-hours.ts";

interface HoursChartsProps {
  readonly date: string;
  readonly rows: readonly HourRow[];
  readonly show: Show;
  readonly minuteOfHour: number;
  readonly onOpen: (bizHour: string) => void;
}

/** Premium, policies and insured persons, each on its own scale, on one axis of time. */
export const HoursCharts = memo(function HoursCharts(props: HoursChartsProps) {
  const { date, rows, show, minuteOfHour, onOpen } = props;
  const t = useTranslations("orders.hours");
  const format = useFormatter();
  const premium = useMemo(() => premiumColumns(rows, show), [rows, show]);
  const formatTick = useCallback(
    (value: number) => format.number(value, { notation: "compact", maximumFractionDigits: 1 }),
    [format],
  );
  const open = useRef(onOpen);
  open.current = onOpen;
  const onBar = useCallback((bizHour: string) => open.current(bizHour), []);
  const renderTooltip = useCallback(
    (bizHour: string) => {
      const row = rows.find((candidate) => candidate.bizHour === bizHour);
      return row ? <HourFacts row={row} minuteOfHour={minuteOfHour} /> : null;
    },
    [rows, minuteOfHour],
  );
  return (
    <div className={styles.charts}>
      <div className={styles.main}>
        <HourBars
          columns={premium}
          label={t("chartLabel", { title: t("title"), date })}
          formatTick={formatTick}
          partialLabel={t("partial", { minutes: minuteOfHour })}
          onOpen={onBar}
          renderTooltip={renderTooltip}
        />
      </div>
      <Counts rows={rows} date={date} count="policyCount" title={t("policies")} formatTick={formatTick} />
      <Counts
        rows={rows}
        date={date}
        count="policyHolderCount"
        title={t("holders")}
        formatTick={formatTick}
      />
    </div>
  );
});

interface CountsProps {
  readonly rows: readonly HourRow[];
  readonly date: string;
  readonly count: "policyCount" | "policyHolderCount";
  readonly title: string;
  readonly formatTick: (value: number) => string;
}

function Counts({ rows, date, count, title, formatTick }: CountsProps) {
  const t = useTranslations("orders.hours");
  const columns = useMemo(() => countColumns(rows, count), [rows, count]);
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.small}>
        <HourBars
          columns={columns}
          label={t("chartLabel", { title, date })}
          formatTick={formatTick}
          isSmall
        />
      </div>
    </section>
  );
}
