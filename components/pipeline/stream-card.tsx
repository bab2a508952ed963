"use client";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { StreamStatus } from "#server/contracts/api/pipeline.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { useAge } from "../ui/use-age.ts";
import { useMoment } from "../ui/use-moment.ts";
import { DispositionBar } from "./disposition-bar.tsx";
import type { StreamRow } from "./prepare-streams.ts";
import styles from "./stream-card.module.css";

interface StreamCardProps {
  readonly row: StreamRow;
  /** Server's clock of the figures. */
  readonly at: string;
  /** Events a second, oldest first. */
  readonly rates: readonly number[];
}

/** One stream: its pace, its age, and where its events ended. */
export function StreamCard({ row, at, rates }: StreamCardProps) {
  const t = useTranslations("pipeline.streams");
  const name = t(row.stream);
  return (
    <li className={styles.card}>
      <h3 className={styles.name}>{name}</h3>
      {row.status ? (
        <>
          <Facts status={row.status} at={at} rates={rates} name={name} />
          <DispositionBar row={row} />
        </>
      ) : (
        <strong className={styles.missing}>■ {t("missing")}</strong>
      )}
    </li>
  );
}

interface FactsProps extends Omit<StreamCardProps, "row"> {
  readonly status: StreamStatus;
  readonly name: string;
}

function Facts({ status, at, rates, name }: FactsProps) {
  const t = useTranslations("pipeline.streams");
  const format = useFormatter();
  const age = useAge();
  const moment = useMoment();
  const { lastCommitAt, lagSeconds, watermark } = status;
  const sinceCommit = lastCommitAt === null ? null : (Date.parse(at) - Date.parse(lastCommitAt)) / 1000;
  return (
    <dl className={styles.facts}>
      <div className={styles.rate}>
        <dt>{t("rate")}</dt>
        <dd>
          {format.number(status.ratePerSecond, { maximumFractionDigits: 1 })}
          <Sparkline values={rates} label={t("rateOf", { stream: name })} />
        </dd>
      </div>
      <Fact name={t("lag")}>{lagSeconds === null ? t("none") : age(lagSeconds)}</Fact>
      <Fact name={t("watermark")}>{watermark === null ? t("none") : moment(watermark)}</Fact>
      <Fact name={t("lastCommit")}>
        {sinceCommit === null ? t("never") : t("ago", { age: age(sinceCommit) })}
      </Fact>
      <Fact name={t("batchSize")}>{t("batchOf", { count: status.lastBatchSize })}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
