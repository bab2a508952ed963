"use client";
import { useTranslations } from "use-intl";
import type { AlertRules } from "#server/contracts/api/alert-rules.ts";
import { useCan } from "../shell/session.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./history-drawer.module.css";
import { RulesForm } from "./rules-form.tsx";
import { useAlertRules } from "./use-alert-rules.ts";

export interface RulesDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** When a fall becomes a case: the thresholds in force, who changed them, and for administrators a new version. */
export function RulesDialog({ isOpen, onClose }: RulesDialogProps) {
  const t = useTranslations("keyUsers.rules");
  return (
    <Dialog isOpen={isOpen} title={t("title")} close={t("close")} onClose={onClose}>
      <Versions onClose={onClose} />
    </Dialog>
  );
}

function Versions({ onClose }: Pick<RulesDialogProps, "onClose">) {
  const t = useTranslations("keyUsers");
  const canWrite = useCan("alert-rules.write");
  const { data, isError, refetch } = useAlertRules();
  if (isError && !data) {
    return <LoadFailed message={t("rules.failed")} retry={t("retry")} onRetry={() => void refetch()} />;
  }
  const [inForce] = data?.items ?? [];
  if (!data || !inForce) return <div className={styles.skeleton} aria-hidden="true" />;
  return (
    <>
      {canWrite ? <RulesForm key={inForce.version} inForce={inForce} onClose={onClose} /> : null}
      <ol className={styles.changes}>
        {data.items.map((rules) => (
          <Version key={rules.version} rules={rules} />
        ))}
      </ol>
    </>
  );
}

function Version({ rules }: { readonly rules: AlertRules }) {
  const t = useTranslations("keyUsers.rules");
  const minute = useMinute();
  return (
    <li className={styles.change}>
      <div className={styles.line}>
        <strong>{t("version", { version: rules.version })}</strong>
        <span>{rules.createdBy?.name ?? t("initial")}</span>
        <time dateTime={rules.createdAt}>{minute(rules.createdAt)}</time>
      </div>
      <div>{t("both", { step: rules.stepPercent, cumulative: rules.cumulativePercent })}</div>
      {rules.reason === null ? null : <div className={styles.quiet}>{rules.reason}</div>}
    </li>
  );
}
