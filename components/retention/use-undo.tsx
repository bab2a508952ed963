"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { CaseDetail, CaseSummary, UndoAnswer } from "#server/contracts/api/retention.ts";
import {
  CASE_VERBS,
  type CaseVerbName,
  type DecisionEntry,
  isDecision,
  UNDO_MS,
} from "#server/contracts/cases.ts";
import { reread } from "../live/reread.ts";
import { useSession } from "../shell/session.tsx";
import { fetchJson } from "../ui/fetch-json.ts";
import { UndoOffer } from "../ui/undo-offer.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import { useCustomerWords } from "./customer.tsx";
import { caseKey } from "./use-case.ts";

/** A decision that may still be undone. */
interface Act {
  readonly case: string;
  /** Its entry on the timeline. */
  readonly entry: string;
}

interface Undo {
  /** Says what was decided, and offers to undo it for ten seconds (rule W2). */
  readonly offer: (detail: CaseDetail, verb: CaseVerbName) => void;
  /** Undoes what was decided last, if that is still offered. */
  readonly undoLast: () => void;
}

/** @param onUndone the case as it stands again */
export function useUndo(onUndone: (of: CaseSummary) => void): Undo {
  const t = useTranslations("retention");
  const { id: myId } = useSession();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const offered = useRef<Act[]>([]);
  const customerOf = useCustomerWords();

  const withdraw = ({ entry }: Act) => {
    offered.current = offered.current.filter((act) => act.entry !== entry);
  };
  const { mutate } = useMutation({
    mutationFn: (act: Act) => {
      withdraw(act);
      notifications.hide(act.entry);
      return fetchJson<UndoAnswer>("/api/v1/retention/undo", { method: "POST", body: { acts: [act] } });
    },
    onSuccess: ({ items }) => {
      for (const { case: of, refused, by } of items) {
        const customer = customerOf(of);
        const message = refused
          ? t(`undo.refused.${refused}`, { customer, by: by?.name ?? "" })
          : t("undo.undone", { customer });
        notifications.show({ message, ...(refused ? { color: "red" } : {}) });
        void reread(client, { queryKey: caseKey(of.id) });
        onUndone(of);
      }
    },
    onError: (error) => notifications.show({ color: "red", message: errorWords(error) }),
  });

  const offer = (detail: CaseDetail, verb: CaseVerbName) => {
    const kind = CASE_VERBS[verb].entry;
    const entry = detail.timeline.find((each) => each.kind === kind && each.actor?.id === myId);
    if (!isDecision(verb) || !entry) return;
    const act = { case: detail.id, entry: entry.id };
    // What came before on this case cannot be undone any more.
    for (const earlier of offered.current.filter((each) => each.case === act.case))
      notifications.hide(earlier.entry);
    offered.current = [...offered.current.filter((each) => each.case !== act.case), act];
    notifications.show({
      id: entry.id,
      autoClose: UNDO_MS,
      onClose: () => withdraw(act),
      message: (
        <UndoOffer
          words={t("undo.done", {
            customer: customerOf(detail),
            act: t(`acts.${entry.kind as DecisionEntry}`),
          })}
          button={(seconds) => t("undo.button", { seconds })}
          lasts={UNDO_MS}
          onUndo={() => mutate(act)}
        />
      ),
    });
  };
  const undoLast = () => {
    const last = offered.current.at(-1);
    if (last) mutate(last);
    else notifications.show({ message: t("undo.nothing") });
  };
  return { offer, undoLast };
}
