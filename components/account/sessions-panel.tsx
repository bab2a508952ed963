"use client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";
import type { OwnSession } from "#server/contracts/api/me.ts";
import { Panel } from "../ui/panel.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./account.module.css";
import { endOthers, endSession, useRereadAccount } from "./use-own-account.ts";

/** Where one is signed in; whatever one does not know is ended. */
export function SessionsPanel({ sessions }: { readonly sessions: readonly OwnSession[] }) {
  const t = useTranslations("account.sessions");
  const end = useEnding(endSession);
  const others = useEnding(() => endOthers());
  const isAlone = sessions.every(({ isThis }) => isThis);
  const all = (
    <Button size="xs" variant="default" loading={others.isPending} onClick={() => others.mutate("")}>
      {t("endOthers")}
    </Button>
  );
  return (
    <Panel title={t("title")} actions={isAlone ? undefined : all}>
      <ul className={styles.sessions}>
        {sessions.map((session) => (
          <Session key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      {isAlone ? <p className={styles.note}>{t("only")}</p> : null}
    </Panel>
  );
}

/** Ends sessions, says how many, and shows those that are left. */
function useEnding(mutationFn: (id: string) => Promise<{ readonly sessions: number }>) {
  const t = useTranslations("account.sessions");
  const errorWords = useErrorWords();
  return useAct({
    mutationFn,
    onSuccess: ({ sessions }) => notifications.show({ message: t("ended", { count: sessions }) }),
    onError: (error) => notifications.show({ color: "red", message: errorWords(error) }),
    onSettled: useRereadAccount(),
  });
}

function Session({ session, onEnd }: { readonly session: OwnSession; readonly onEnd: () => void }) {
  const t = useTranslations("account.sessions");
  const minute = useMinute();
  const browser = session.browser ?? t("unknownBrowser");
  const device = t("device", { browser, system: session.system ?? t("unknownSystem") });
  const when = minute(session.since);
  const from = session.address === "" ? "" : ` · ${t("from", { address: session.address })}`;
  return (
    <li className={styles.session}>
      <span>
        <span className={styles.device}>
          {device} {session.isThis ? <span className={styles.tag}>({t("this")})</span> : null}
        </span>
        <span className={styles.note}>
          {t("since", { when })}
          {from}
        </span>
      </span>
      {session.isThis ? null : (
        <Button size="xs" variant="default" aria-label={t("endOf", { device, when })} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
