"use client";
import { UnstyledButton } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { PersonSession } from "#server/contracts/api/people.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./person-panel.module.css";
import { useDeviceWords } from "./use-device-words.ts";
import { usePersonSessions } from "./use-people.ts";
import { useWhen } from "./use-when.ts";

/** "Last seen" is a minute exact, and another one late at most. */
const ACTIVE_MS = 2 * 60_000;

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
      {data ? (
        <ul className={styles.sessions}>
          {data.items.map((session) => (
            <Session key={session.id} session={session} canWrite={canWrite} onEnd={onEnd} />
          ))}
        </ul>
      ) : null}
      {!data && isError ? (
        <LoadFailed message={t("sessionsFailed")} retry={page("retry")} onRetry={() => void refetch()} />
      ) : null}
      {data || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
    </div>
  );
}

function Session({
  session,
  canWrite,
  onEnd,
}: Pick<PersonSessionsProps, "canWrite" | "onEnd"> & { readonly session: PersonSession }) {
  const t = useTranslations("people.panel");
  const device = useDeviceWords()(session);
  const words = useSessionWords();
  const Icon = session.isHandheld ? IconDeviceMobile : IconDeviceLaptop;
  return (
    <li className={styles.session}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <div>
        <p>
          {device}
          {session.isYours ? <span className={styles.count}>{t("thisOne")}</span> : null}
        </p>
        <p className={styles.quiet}>{words(session)}</p>
      </div>
      {canWrite ? (
        <UnstyledButton
          className={styles.endOne}
          aria-label={t("endOf", { device })}
          onClick={() => onEnd(session)}
        >
          {t("end")}
        </UnstyledButton>
      ) : null}
    </li>
  );
}

/** "active now · since today 06:58 · 10.20.4.18" */
function useSessionWords(): (session: PersonSession) => string {
  const t = useTranslations("people.panel");
  const when = useWhen();
  const live = useLiveClient();
  return ({ lastSeenAt, since, address }) => {
    const isActive = live.now() - new Date(lastSeenAt).getTime() < ACTIVE_MS;
    const seen = isActive ? t("activeNow") : t("seen", { when: when(lastSeenAt) });
    return [seen, t("signedIn", { when: when(since) }), address].filter(Boolean).join(" · ");
  };
}
