"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { CaseDetail } from "#server/contracts/api/retention.ts";
import { useCan } from "../shell/session.tsx";
import { ProblemError } from "../ui/fetch-json.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { plainLine } from "../ui/plain-text.ts";
import { AmountChart } from "./amount-chart.tsx";
import styles from "./case.module.css";
import { Customer } from "./customer.tsx";
import { Evidence } from "./evidence.tsx";
import { LastPage } from "./last-page.tsx";
import { StateBadge } from "./state-badge.tsx";
import { Timeline } from "./timeline.tsx";
import { useCase } from "./use-case.ts";
import { Verbs, type VerbsProps } from "./verbs.tsx";

export interface CasePanelProps extends VerbsProps {
  readonly id: string;
  readonly onBack: () => void;
}

/** One case: who, what to do, the evidence, and what has happened. */
export function CasePanel(props: CasePanelProps) {
  const t = useTranslations("retention");
  const { data, error, refetch } = useCase(props.id);
  if (error && !data) {
    return (
      <section className={styles.panel}>
        {error instanceof ProblemError && error.status === 404 ? (
          <LoadFailed message={t("caseMissing")} retry={t("back")} onRetry={props.onBack} />
        ) : (
          <LoadFailed message={t("caseFailed")} retry={t("retry")} onRetry={() => void refetch()} />
        )}
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label={t("evidence.title")} aria-busy={!data}>
      {data ? <CaseBody {...props} detail={data} /> : <div className={styles.skeleton} aria-hidden="true" />}
    </section>
  );
}

function CaseBody({ detail, onBack, id: _, ...verbs }: CasePanelProps & { readonly detail: CaseDetail }) {
  const t = useTranslations("retention");
  const canWork = useCan("retention.work");
  return (
    <>
      <header className={styles.head}>
        <Button className={styles.back} variant="default" onClick={onBack}>
          {t("back")}
        </Button>
        <h2 className={styles.name}>
          <Customer of={detail} />
          <StateBadge of={detail} />
        </h2>
        <p className={styles.quiet}>
          {plainLine(detail.customerTel, t("user", { id: detail.userId }), detail.assignee?.name)}
        </p>
        <LastPage caseId={detail.id} />
        {canWork ? (
          <div className={styles.verbs}>
            <Verbs place="head" of={detail} {...verbs} />
          </div>
        ) : null}
      </header>
      <AmountChart of={detail} />
      <Evidence of={detail} />
      <Timeline of={detail} />
      {canWork ? <Verbs place="foot" of={detail} {...verbs} /> : null}
    </>
  );
}
