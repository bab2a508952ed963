"use client";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { CaseSummary } from "#server/contracts/api/retention.ts";
import {
  CASE_VERB_NAMES,
  CASE_VERBS,
  type CaseVerbName,
  hasBody,
  hasKey,
  isOffered,
  keyed,
} from "#server/contracts/cases.ts";
import { useCan, useSession } from "../shell/session.tsx";
import { useKeys } from "../ui/keys.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { CasePanel } from "./case-panel.tsx";
import { DeskTools } from "./desk-tools.tsx";
import { nextCase } from "./prepare-queue.ts";
import { QueuePanel } from "./queue-panel.tsx";
import styles from "./retention-page.module.css";
import { useDeskChoice } from "./use-desk-choice.ts";
import { useQueue } from "./use-queue.ts";
import { useTaken } from "./use-taken.ts";
import { useUndo } from "./use-undo.tsx";
import { useVerbs, type VerbCall } from "./use-verbs.ts";

/** Queue and case one after the other. */
const NARROW = "(max-width: 900px)";

/** The retention desk: the queue and one case, side by side; on a phone one after the other. */
export function RetentionPage() {
  const t = useTranslations("retention");
  const session = useSession();
  const canWork = useCan("retention.work");
  const [choice, setChoice] = useDeskChoice();
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const { query, receive, arrivals, show } = useQueue(choice, session.id, useTaken());
  const [asked, setAsked] = useState<CaseVerbName | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.find((item) => item.id === choice.case);

  const choose = useCallback(
    (id: string | null) => {
      setAsked(null); // what is asked belongs to one case alone
      // On a phone the case is a page of its own: the way back leads to the queue.
      void setChoice({ case: id }, { history: isNarrow && id !== null ? "push" : "replace" });
    },
    [setChoice, isNarrow],
  );
  const undo = useUndo((of) => {
    receive([of]);
    choose(of.id);
  });
  const verbs = useVerbs({
    receive,
    onDone: (detail, verb) => {
      undo.offer(detail, verb);
      if ("endsWork" in CASE_VERBS[verb] && detail.id === choice.case)
        choose(nextCase(items, detail.id, choice, session.id));
    },
  });
  const act = (target: Pick<CaseSummary, "id" | "version">, call: VerbCall, onDone?: () => void) => {
    if (canWork) verbs.mutate({ target, call }, { onSuccess: () => onDone?.() });
  };
  const first = items[0]?.id;
  useEffect(() => {
    // Asked of the window itself: the first drawing does not know yet. Side by side, the case half would stand empty: begin with the first.
    if (!window.matchMedia(NARROW).matches && choice.case === null && first !== undefined) choose(first);
  }, [choice.case, first, choose]);

  const step = (by: number) => {
    const index = items.findIndex((item) => item.id === choice.case);
    const next = items[Math.min(items.length - 1, Math.max(0, index + by))];
    if (next) choose(next.id);
  };
  /** What a verb's key does; a verb that is called with something asks for it first. */
  const begin = (pressed: CaseVerbName) => {
    const name = chosen ? keyed(pressed, chosen, session.id) : pressed;
    if (chosen && !isOffered(name, chosen, session.id)) return;
    if (hasBody(name)) setAsked(name);
    else if (chosen) act(chosen, { verb: name });
  };
  useKeys({
    title: t("title"),
    shortcuts: [
      { key: "j", words: t("next"), run: () => step(1) },
      { key: "k", words: t("previous"), run: () => step(-1) },
      ...CASE_VERB_NAMES.filter(hasKey).map((name) => ({
        key: CASE_VERBS[name].key,
        words: t(`verbs.${name}`),
        run: () => begin(name),
      })),
      { key: "z", words: t("undo.key"), run: undo.undoLast },
    ],
  });
  const more = useCallback(() => {
    if (!query.isFetchingNextPage) void query.fetchNextPage();
  }, [query.isFetchingNextPage, query.fetchNextPage]);

  const showsCase = choice.case !== null;
  return (
    <PageFrame title={t("title")} tools={<DeskTools />}>
      <div className={styles.desk}>
        {isNarrow && showsCase ? null : (
          <QueuePanel
            items={items}
            status={query.status}
            choice={choice}
            arrivals={arrivals}
            isNarrow={isNarrow}
            hasMore={query.hasNextPage}
            onMore={more}
            onShow={show}
            onRetry={() => void query.refetch()}
            onChoose={choose}
          />
        )}
        {choice.case !== null ? (
          <CasePanel
            key={choice.case}
            id={choice.case}
            act={act}
            isBusy={verbs.isPending}
            asked={asked}
            onAsked={setAsked}
            onBack={() => choose(null)}
          />
        ) : null}
        {choice.case === null && !isNarrow ? (
          <section className={styles.nothing}>{t("choose")}</section>
        ) : null}
      </div>
    </PageFrame>
  );
}
