"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useCan } from "../shell/session.tsx";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./settings.module.css";
import { useRulesInForce } from "./use-settings.ts";

/** The thresholds in force; they are changed, and their versions told, where the list is that they watch. */
export function RulesPanel() {
  const canRead = useCan("alert-rules.read");
  return canRead ? <Rules /> : null;
}

function Rules() {
  const t = useTranslations("settings.rules");
  const minute = useMinute();
  const { data } = useRulesInForce();
  return (
    <Panel
      title={t("title")}
      note={t("note")}
      actions={
        <Button variant="default" component={Link} href="/key-users?rules=open">
          {t("open")}
        </Button>
      }
    >
      {data ? (
        <dl className={styles.facts}>
          <div className={styles.fact}>
            <dt>{t("step")}</dt>
            <dd>{`${data.stepPercent} %`}</dd>
          </div>
          <div className={styles.fact}>
            <dt>{t("cumulative")}</dt>
            <dd>{`${data.cumulativePercent} %`}</dd>
          </div>
        </dl>
      ) : (
        <div className={styles.skeleton} aria-hidden="true" />
      )}
      <p className={styles.quiet}>
        {data
          ? t("by", {
              version: data.version,
              when: minute(data.createdAt),
              who: plainText(data.createdBy?.name ?? t("initial")),
            })
          : null}
      </p>
    </Panel>
  );
}
