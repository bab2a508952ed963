"use client";
import { UnstyledButton } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import type { PersonSession } from "#server/contracts/api/people.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { useWhen } from "../ui/use-when.ts";
import styles from "./session-list.module.css";
import { useDeviceWords } from "./use-device-words.ts";

/** "Last seen" is a minute exact, and another one late at most. */
const ACTIVE_MS = 2 * 60_000;

interface SessionListProps {
  readonly sessions: readonly PersonSession[];
  /** Whether a session may be ended here. */
  readonly canEnd: (session: PersonSession) => boolean;
  readonly onEnd: (session: PersonSession) => void;
}

/** Where somebody is signed in. */
export function SessionList({ sessions, canEnd, onEnd }: SessionListProps) {
  return (
    <ul className={styles.sessions}>
      {sessions.map((session) => (
        <Session key={session.id} session={session} onEnd={canEnd(session) ? onEnd : null} />
      ))}
    </ul>
  );
}

interface SessionProps {
  readonly session: PersonSession;
  readonly onEnd: SessionListProps["onEnd"] | null;
}

function Session({ session, onEnd }: SessionProps) {
  const t = useTranslations("shell.sessions");
  const device = useDeviceWords()(session);
  const words = useSessionWords();
  const Icon = session.isHandheld ? IconDeviceMobile : IconDeviceLaptop;
  return (
    <li className={styles.session}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <div>
        <p>
          {device}
          {session.isYours ? <span className={styles.own}>{t("thisOne")}</span> : null}
        </p>
        <p className={styles.quiet}>{words(session)}</p>
      </div>
      {onEnd ? (
        <UnstyledButton
          className={styles.end}
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
  const t = useTranslations("shell.sessions");
  const when = useWhen();
  const live = useLiveClient();
  return ({ lastSeenAt, since, address }) => {
    const isActive = live.now() - new Date(lastSeenAt).getTime() < ACTIVE_MS;
    const seen = isActive ? t("activeNow") : t("seen", { when: when(lastSeenAt) });
    return [seen, t("signedIn", { when: when(since) }), address].filter(Boolean).join(" · ");
  };
}
