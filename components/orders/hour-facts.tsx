"use client";
import { useFormatter, useTranslations } from "use-intl";
import { TABLE_MEASURES } from "#server/contracts/hour-measures.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./hour-facts.module.css";
import type { HourRow } from "./prepare-hours.ts";

interface HourFactsProps {
  readonly row: HourRow;
  readonly minuteOfHour: number;
}

/** All figures of one hour, in the tooltip. */
export function HourFacts({ row, minuteOfHour }: HourFactsProps) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const money = useMoney();
  const words = (value: string | number | undefined) => {
    if (value === undefined) return "–";
    return typeof value === "string" ? money(value) : format.number(value);
  };
  const facts = [
    ...TABLE_MEASURES.map((name) => [t(`table.${name}`), words(row.now?.[name])] as const),
    [t("table.before"), words(row.before?.totalPremium)] as const,
  ];
  return (
    <>
      <div className={styles.title}>
        {row.clock}:00–{row.clock}:59
        {row.isPartial ? ` · ${t("hours.partial", { minutes: minuteOfHour })}` : null}
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
