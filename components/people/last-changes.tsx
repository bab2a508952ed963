"use client";
import { useTranslations } from "use-intl";
import type { AuditEntry } from "#server/contracts/api/audit.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useActorWords } from "../ui/use-actor-words.ts";
import { useShortDay } from "../ui/use-when.ts";
import styles from "./person-panel.module.css";
import { useChanges } from "./use-changes.ts";

/** What was done to a person's account last, and by whom. */
export function LastChanges({ subject }: { readonly subject: string }) {
  const t = useTranslations("people.panel");
  const page = useTranslations("people");
  const { data, isError, refetch } = useChanges(subject);
  return (
    <div className={styles.part}>
      <div className={styles.line}>
        <h3>{t("changes")}</h3>
        <a className={styles.change} href={`/admin/audit?subject=${encodeURIComponent(subject)}`}>
          {t("auditLog")}
        </a>
      </div>
      {data?.length === 0 ? <p className={styles.quiet}>{t("noChanges")}</p> : null}
      {data && data.length > 0 ? (
        <ol className={styles.changes}>
          {data.map((entry) => (
            <Change key={entry.id} entry={entry} />
          ))}
        </ol>
      ) : null}
      {!data && isError ? (
        <LoadFailed message={t("changesFailed")} retry={page("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
    </div>
  );
}

function Change({ entry: { at, action, actor, subject } }: { readonly entry: AuditEntry }) {
  const t = useTranslations("people.panel");
  const words = useTranslations("audit.actions");
  const who = useActorWords();
  const day = useShortDay();
  const known = action as Parameters<typeof words.has>[0];
  const what = words.has(known) ? words(known) : action;
  const isOwn = subject === `person ${actor.id}`;
  return (
    <li>
      <time className={styles.quiet} dateTime={at}>
        {day(at)}
      </time>
      <span>{isOwn ? what : t("changeBy", { who: plainText(who(actor)), what })}</span>
    </li>
  );
}
