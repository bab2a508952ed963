"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { CaseDetail } from "#server/contracts/api/retention.ts";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";
import { useMoney } from "../ui/use-money.ts";
import styles from "./case.module.css";
import { prepareAmounts } from "./prepare-amounts.ts";
import { usePremiumHistory } from "./use-case.ts";

const StepChart = onDemand(() => import("../charts/step-chart.tsx").then((module) => module.StepChart));

/** A time so short that its ticks may fall on one day. */
const SHORT_MS = 4 * 86_400_000;
const DAYS = { month: "short", day: "numeric" } as const;
const MINUTES = {
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;

/** The customer's insured amount over time, with the zone below the threshold. */
export function AmountChart({ of }: { readonly of: CaseDetail }) {
  const t = useTranslations("retention.amount");
  const format = useFormatter();
  const money = useMoney();
  const { data } = usePremiumHistory(of.id);
  const points = prepareAmounts(of, data?.items ?? []);
  // The line of the anchor's rule: whatever the step rule allows, below it the case stands.
  const percent = 100 - Number(of.occurrences.at(-1)?.cumulativePercent ?? 15);
  const below = (Number(of.anchor) * percent) / 100;
  const isShort = Number(points.at(-1)?.at) - Number(points[0]?.at) < SHORT_MS;
  return (
    <Panel title={t("title")} note={t("note")} className={styles.part}>
      <div className={styles.chart}>
        {data && points.length > 0 ? (
          <StepChart
            points={points}
            zone={{ below, label: t("below", { percent, baseline: money(of.anchor) }) }}
            formatTime={(at) => format.dateTime(new Date(at), isShort ? MINUTES : DAYS)}
            formatAxis={(value) => format.number(value, { notation: "compact", maximumFractionDigits: 1 })}
            formatValue={(value) => money(value.toFixed(2))}
            label={t("title")}
          />
        ) : null}
        {data && points.length === 0 ? <p className={styles.quiet}>{t("empty")}</p> : null}
      </div>
    </Panel>
  );
}
