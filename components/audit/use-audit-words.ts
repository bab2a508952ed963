"use client";
import { useTranslations } from "use-intl";
import type { AuditActor, AuditEntry } from "#server/contracts/api/audit.ts";
import { useActorWords } from "../ui/use-actor-words.ts";
import { isKnownAct, reasonWords, subjectWords } from "./prepare-audit.ts";

/** What stands in the columns of an entry, in the reader's language. */
export interface AuditEntryWords {
  readonly who: (actor: AuditActor) => string;
  readonly what: (action: string) => string;
  readonly on: (entry: Pick<AuditEntry, "subject" | "subjectName">) => string;
  readonly why: (entry: Pick<AuditEntry, "reason" | "action" | "details">) => string;
}

const NOTHING = "—";

export function useAuditWords(): AuditEntryWords {
  const t = useTranslations("audit");
  const who = useActorWords();
  return {
    who,
    what: (action) => (isKnownAct(action) ? t(`actions.${action}`) : action),
    on: ({ subject, subjectName }) => {
      if (subjectName !== null) return subjectName;
      const words = subjectWords(subject);
      return words ? t(`subjects.${words.kind}`, { id: words.id }) : subject;
    },
    why: ({ reason, action, details }) => {
      if (reason === null || reason === "") return NOTHING;
      const known = reasonWords(reason);
      const words = known ? t(`reasons.${known}`) : reason;
      const field = action === "personal.reveal" ? details?.field : undefined;
      return field === "name" || field === "telephone" ? `${t(`revealed.${field}`)}: ${words}` : words;
    },
  };
}
