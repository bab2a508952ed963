"use client";
import { useFormatter, useTranslations } from "use-intl";
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
  const amount = (text: string | undefined) => (text === undefined ? "–" : money(text));
  const count = (value: number | undefined) => (value === undefined ? "–" : format.number(value));
  const facts = [
    [t("table.premium"), amount(row.now?.totalPremium)],
    [t("table.gross"), amount(row.now?.grossPremium)],
    [t("table.before"), amount(row.before?.totalPremium)],
    [t("table.policies"), count(row.now?.policyCount)],
    [t("table.holders"), count(row.now?.policyHolderCount)],
  ] as const;
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
