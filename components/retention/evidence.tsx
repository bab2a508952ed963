"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { CaseDetail, Occurrence } from "#server/contracts/api/retention.ts";
import { Panel } from "../ui/panel.tsx";
import { useMoment } from "../ui/use-moment.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./case.module.css";

/** Why there is a case: the newest occurrence, in the words of the rule. */
export function Evidence({ of }: { readonly of: CaseDetail }) {
  const t = useTranslations("retention");
  const money = useMoney();
  const moment = useMoment();
  const format = useFormatter();
  const newest = of.occurrences.at(-1);
  if (!newest) return null;
  const time = (instant: string) =>
    format.dateTime(new Date(instant), {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
  const words = (found: Occurrence, rule: Occurrence["rules"][number]) =>
    rule === "step"
      ? t("evidence.drop", { percent: found.dropPercent, below: 100 - Number(found.stepPercent) })
      : t("evidence.cumulative", {
          anchor: money(found.anchor),
          below: 100 - Number(found.cumulativePercent),
        });
  const earlier = of.occurrences.length - 1;
  return (
    <Panel
      title={t("evidence.title")}
      note={earlier > 0 ? t("evidence.earlier", { count: earlier }) : undefined}
      className={styles.part}
    >
      <dl className={styles.facts}>
        <dt>{t("evidence.now")}</dt>
        <dd>{money(newest.amountNow)}</dd>
        <dt>{t("evidence.before")}</dt>
        <dd>{money(newest.baselineBefore)}</dd>
        {newest.rules.map((rule) => (
          <div key={rule} className={styles.fact}>
            <dt>{t("evidence.rule", { rule: t(`rules.${rule}`), version: newest.ruleVersion })}</dt>
            <dd>{words(newest, rule)}</dd>
          </div>
        ))}
        <dt>{t("evidence.times")}</dt>
        <dd>
          {moment(newest.eventTime)} · {time(newest.detectedAt)}
        </dd>
        <dt>{t("evidence.cover")}</dt>
        <dd>
          {newest.infoBefore ?? t("unknown")} → {newest.infoNow ?? t("unknown")}
        </dd>
        <dt>{t("evidence.seq")}</dt>
        <dd>{newest.seq}</dd>
      </dl>
    </Panel>
  );
}
