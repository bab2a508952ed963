"use client";
import { useTranslations } from "use-intl";
import type { CaseDetail } from "#server/contracts/api/retention.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMoment } from "../ui/use-moment.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./case.module.css";
import { prepareReasons } from "./prepare-evidence.ts";

/** Why there is a case: the newest occurrence, each figure beside those that it follows from. */
export function Evidence({ of }: { readonly of: CaseDetail }) {
  const t = useTranslations("retention.evidence");
  const money = useMoney();
  const moment = useMoment();
  const newest = of.occurrences.at(-1);
  if (!newest) return null;
  const earlier = of.occurrences.length - 1;
  const unknown = t("unknown");
  return (
    <Panel
      title={t("title")}
      note={earlier > 0 ? t("earlier", { count: earlier }) : undefined}
      className={styles.part}
    >
      <dl className={styles.facts}>
        <dt>{t("drop")}</dt>
        <dd>
          {money(newest.baselineBefore)} → {money(newest.amountNow)}
        </dd>
        {prepareReasons(newest).map(({ rule, reference, percent, limit, limitPercent }) => (
          <div key={rule} className={styles.fact}>
            <dt>{t(`rule.${rule}`, { version: newest.ruleVersion })}</dt>
            <dd>
              {t(rule, {
                percent,
                reference: money(reference),
                limit: money(limit),
                limitPercent,
              })}
            </dd>
          </div>
        ))}
        <dt>{t("atRisk")}</dt>
        <dd>
          {of.premiumAtRisk === "0.00"
            ? money(of.premiumAtRisk)
            : t("difference", {
                anchor: money(of.anchor),
                now: money(of.amountNow),
                risk: money(of.premiumAtRisk),
              })}
        </dd>
        <dt>{t("times")}</dt>
        <dd>
          {moment(newest.eventTime)} · {moment(newest.detectedAt)}
        </dd>
        <dt>{t("cover")}</dt>
        <dd>
          {plainText(newest.infoBefore ?? unknown)} → {plainText(newest.infoNow ?? unknown)}
        </dd>
      </dl>
    </Panel>
  );
}
