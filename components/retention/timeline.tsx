"use client";
import { useTranslations } from "use-intl";
import type { CaseDetail, Outcome, TimelineEntry } from "#server/contracts/api/retention.ts";
import { Panel } from "../ui/panel.tsx";
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

function useWords(): (entry: TimelineEntry) => string {
  const t = useTranslations("retention.timeline");
  const outcomes = useTranslations("retention.outcomes");
  const moment = useMoment();
  const money = useMoney();
  return ({ kind, actor, body }) => {
    const who = actor?.name ?? t("stream");
    const text = (name: string) => String(body[name] ?? "");
    const amount = (name: string) => (body[name] === undefined ? "" : money(text(name)));
    switch (kind) {
      case "opened":
      case "joined":
      case "regressed":
        return t(kind, { baseline: amount("baselineBefore"), amount: amount("amountNow") });
      case "recovered":
        return t(kind, { amount: amount("amountNow") });
      case "noted":
        return t(kind, { who, text: text("text") });
      case "snoozed":
        return t(kind, { who, until: moment(text("until")) });
      case "closed":
        return t(kind, { who, outcome: outcomes(body.outcome as Outcome) });
      default:
        return t(kind, { who });
    }
  };
}
