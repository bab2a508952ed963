"use client";
import { memo, useCallback, useMemo, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { HourBars } from "../charts/hour-bars.tsx";
import { useLater } from "../ui/use-later.ts";
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
      <Counts
        rows={rows}
        date={date}
        turn={1}
        count="policyCount"
        title={t("policies")}
        formatTick={formatTick}
      />
      <Counts
        rows={rows}
        date={date}
        turn={2}
        count="policyHolderCount"
        title={t("holders")}
        formatTick={formatTick}
      />
    </div>
  );
});

/** A chart whose scale changes is laid out anew; three at once would hold the main thread for too long, ms. */
const TURN_MS = 70;

interface CountsProps {
  readonly rows: readonly HourRow[];
  readonly date: string;
  /** Its place in the order of repaint, after the chart of the premium. */
  readonly turn: number;
  readonly count: "policyCount" | "policyHolderCount";
  readonly title: string;
  readonly formatTick: (value: number) => string;
}

function Counts({ rows, date, turn, count, title, formatTick }: CountsProps) {
  const t = useTranslations("orders.hours");
  const shown = useLater(rows, turn * TURN_MS);
  const columns = useMemo(() => countColumns(shown, count), [shown, count]);
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
