"use client";
import { useTranslations } from "use-intl";
import type { CaseDetail, TimelineEntry } from "#server/contracts/api/retention.ts";
import type { CallResult, DecisionEntry, Outcome } from "#server/contracts/cases.ts";
import type { RevealField, RevealReason } from "#server/contracts/reveal.ts";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useMoment } from "../ui/use-moment.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./case.module.css";

/** What the stream and people did, newest first. */
export function Timeline({ of }: { readonly of: CaseDetail }) {
  const t = useTranslations("retention.timeline");
  const moment = useMoment();
  const words = useWords();
  return (
    <Panel title={t("title")} className={styles.part}>
      <ol className={styles.timeline}>
        {of.timeline.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{moment(entry.at)}</time>
            <span>{words(entry)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What an entry says: its own words, with whatever its body holds. */
function useWords(): (entry: TimelineEntry) => string {
  const t = useTranslations("retention.timeline");
  const outcomes = useTranslations("retention.outcomes");
  const acts = useTranslations("retention.acts");
  const call = useTranslations("retention.call");
  const moment = useMoment();
  const money = useMoney();
  return ({ kind, actor, body }) => {
    const text = (name: string) => plainText(String(body[name] ?? ""));
    const amount = (name: string) => (body[name] === undefined ? "" : money(text(name)));
    return t(kind, {
      who: plainText(actor?.name ?? t("stream")),
      baseline: amount("baselineBefore"),
      amount: amount("amountNow"),
      owner: text("owner"),
      act: body.act === undefined ? "" : acts(body.act as DecisionEntry),
      text: text("text"),
      hasText: body.text === undefined ? "no" : "yes",
      until: body.until === undefined ? "" : moment(text("until")),
      hasUntil: body.until === undefined ? "no" : "yes",
      result: body.result === undefined ? "" : call(`results.${body.result as CallResult}`),
      field: body.field === undefined ? "" : call(`fields.${body.field as RevealField}`),
      reason: body.reason === undefined ? "" : call(`reasons.${body.reason as RevealReason}`),
      outcome: body.outcome === undefined ? "" : outcomes(body.outcome as Outcome),
    });
  };
}
