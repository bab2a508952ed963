"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { AuditEntry } from "#server/contracts/api/audit.ts";
import { plainText } from "../ui/plain-text.ts";
import styles from "./audit.module.css";
import { detailsOf } from "./prepare-audit.ts";
import { useAuditChoice } from "./use-audit-choice.ts";
import { useDetailWords } from "./use-detail-words.ts";

/** All that is recorded of one entry, and the way to others of the same subject or actor. */
export function AuditDetails({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations("audit.details");
  const format = useFormatter();
  const { choose } = useAuditChoice();
  const words = useDetailWords();
  const named = entry.details === null ? [] : detailsOf(entry.details);
  return (
    <section className={styles.details} aria-label={t("title", { entry: format.number(Number(entry.id)) })}>
      <dl className={styles.named}>
        <div>
          <dt>{t("act")}</dt>
          <dd>{entry.action}</dd>
        </div>
        <div>
          <dt>{t("subject")}</dt>
          <dd>{plainText(entry.subject)}</dd>
        </div>
        {named.map(([name, value]) => (
          <div key={name}>
            <dt>{words.name(name)}</dt>
            <dd>{plainText(words.value(value))}</dd>
          </div>
        ))}
      </dl>
      {entry.details === null ? <p>{t("pruned")}</p> : null}
      {entry.details !== null && named.length === 0 ? <p>{t("none")}</p> : null}
      <div className={styles.narrow}>
        <Button variant="default" size="xs" onClick={() => choose({ subject: entry.subject })}>
          {t("onlyThis")}
        </Button>
        <Button variant="default" size="xs" onClick={() => choose({ actor: entry.actor.id })}>
          {t("onlyActor")}
        </Button>
      </div>
    </section>
  );
}
