"use client";
import { memo, type ReactNode, useCallback, useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { HourBars, type HourBarsProps } from "../charts/hour-bars.tsx";
import styles from "./hours-charts.module.css";
import { LitWords, useLitWords } from "./lit-words.tsx";
import { countColumns, type HourRow, premiumColumns, type Show } from "./prepare-hours.ts";
import type { ComparedWords } from "./use-compared-words.ts";

interface HoursChartsProps {
  readonly date: string;
  readonly rows: readonly HourRow[];
  readonly show: Show;
  readonly words: ComparedWords;
  readonly minuteOfHour: number;
  /** The hour that stands in the inspector. */
  readonly open: string | null;
  readonly onOpen: (bizHour: string) => void;
}

/** Premium, policies and insured persons, each on its own scale, on one axis of time: one column is lit through the three. */
export const HoursCharts = memo(function HoursCharts(props: HoursChartsProps) {
  const { date, rows, show, words, minuteOfHour, open, onOpen } = props;
  const t = useTranslations("orders.hours");
  const format = useFormatter();
  const [pointed, setPointed] = useState<string | null>(null);
  const lit = pointed ?? open;
  const row = rows.find(({ bizHour }) => bizHour === lit) ?? null;
  const premium = useMemo(() => premiumColumns(rows, show), [rows, show]);
  const policies = useMemo(() => countColumns(rows, "policyCount"), [rows]);
  const holders = useMemo(() => countColumns(rows, "policyHolderCount"), [rows]);
  const formatTick = useCallback(
    (value: number) => format.number(value, { notation: "compact", maximumSignificantDigits: 3 }),
    [format],
  );
  const chart = { lit, onLight: setPointed, onOpen, formatTick } as const;
  const label = (title: string) => t("chartLabel", { title, date });
  return (
    <div className={styles.charts}>
      <Titled title={null} row={row} name={show === "gross" ? "grossPremium" : "totalPremium"} words={words}>
        {(litWords) => (
          <div className={styles.main}>
            <HourBars
              {...chart}
              columns={premium}
              label={label(t("title"))}
              partialLabel={t("partial", { minutes: minuteOfHour })}
              litWords={litWords}
            />
          </div>
        )}
      </Titled>
      <Count
        {...chart}
        columns={policies}
        title={t("policies")}
        label={label(t("policies"))}
        row={row}
        name="policyCount"
        words={words}
        hasHours={false}
      />
      <Count
        {...chart}
        columns={holders}
        title={t("holders")}
        label={label(t("holders"))}
        row={row}
        name="policyHolderCount"
        words={words}
        hasHours
      />
    </div>
  );
});

type Named = "totalPremium" | "grossPremium" | "policyCount" | "policyHolderCount";

interface TitledProps {
  readonly title: string | null;
  readonly row: HourRow | null;
  readonly name: Named;
  readonly words: ComparedWords;
  readonly children: (litWords: string) => ReactNode;
}

/** A chart under its title and what its lit column says. */
function Titled({ title, row, name, words, children }: TitledProps) {
  const lit = useLitWords(row, name, words);
  return (
    <section className={title === null ? styles.first : undefined}>
      <div className={styles.head}>
        {title === null ? null : <h3 className={styles.title}>{title}</h3>}
        <LitWords words={lit} />
      </div>
      {children(lit ? `${lit.now} ${lit.before}` : "")}
    </section>
  );
}

interface CountProps extends Omit<HourBarsProps, "isSmall" | "litWords">, Omit<TitledProps, "children"> {}

function Count({ title, row, name, words, ...chart }: CountProps) {
  return (
    <Titled title={title} row={row} name={name} words={words}>
      {(litWords) => (
        <div className={styles.small} data-hours={chart.hasHours || undefined}>
          <HourBars {...chart} litWords={litWords} isSmall />
        </div>
      )}
    </Titled>
  );
}
