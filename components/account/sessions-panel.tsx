"use client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";
import type { PersonSession } from "#server/contracts/api/people.ts";
import { SessionList } from "../shell/session-list.tsx";
import { Panel } from "../ui/panel.tsx";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import styles from "./account.module.css";
import { endOthers, endSession, useRereadAccount } from "./use-own-account.ts";

/** Where one is signed in; whatever one does not know is ended. */
export function SessionsPanel({ sessions }: { readonly sessions: readonly PersonSession[] }) {
  const t = useTranslations("account.sessions");
  const end = useEnding(endSession);
  const others = useEnding(() => endOthers());
  const isAlone = sessions.every(({ isYours }) => isYours);
  const all = (
    <Button size="xs" variant="default" loading={others.isPending} onClick={() => others.mutate("")}>
      {t("endOthers")}
    </Button>
  );
  return (
    <Panel title={t("title")} actions={isAlone ? undefined : all}>
      <SessionList
        sessions={sessions}
        canEnd={({ isYours }) => !isYours}
        onEnd={({ id }) => end.mutate(id)}
      />
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
