"use client";
import { useTranslations } from "use-intl";
import type { PersonSession } from "#server/contracts/api/people.ts";
import { SessionList } from "../shell/session-list.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./person-panel.module.css";
import { usePersonSessions } from "./use-people.ts";

interface PersonSessionsProps {
  readonly id: string;
  readonly canWrite: boolean;
  readonly onEnd: (session: PersonSession) => void;
}

/** Where a person is signed in. */
export function PersonSessions({ id, canWrite, onEnd }: PersonSessionsProps) {
  const t = useTranslations("people.panel");
  const page = useTranslations("people");
  const { data, isError, refetch } = usePersonSessions(id);
  return (
    <div className={styles.part}>
      <h3>
        {t("sessions")}
        {data ? <span className={styles.count}>{data.items.length}</span> : null}
      </h3>
      {data?.items.length === 0 ? <p className={styles.quiet}>{t("noSessions")}</p> : null}
      {data ? <SessionList sessions={data.items} canEnd={() => canWrite} onEnd={onEnd} /> : null}
      {!data && isError ? (
        <LoadFailed message={t("sessionsFailed")} retry={page("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
    </div>
  );
}
