"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Proposal } from "#server/contracts/api/proposals.ts";
import { useCan } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";
import { plainText } from "../ui/plain-text.ts";
import { Segments } from "../ui/segments.tsx";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./settings.module.css";
import { type Decision, useProposals } from "./use-proposals.ts";
import { useToldWords } from "./use-told-words.ts";

const DecisionDialog = onDemand(() =>
  import("./decision-dialog.tsx").then((module) => module.DecisionDialog),
);

const STATES = ["open", "decided"] as const;

interface Asked {
  readonly proposal: Proposal;
  readonly decision: Decision;
}

/** What one administrator proposed and another one confirms. */
export function ProposalsPanel() {
  const t = useTranslations("settings.proposals");
  const [state, setState] = useState<(typeof STATES)[number]>("open");
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Panel
      title={t(state === "open" ? "title" : "decidedTitle")}
      actions={
        <Segments
          label={t("which")}
          value={state}
          onChange={setState}
          data={STATES.map((value) => ({ value, label: t(`lists.${value}`) }))}
        />
      }
    >
      <Proposals state={state} onDecide={setAsked} />
      {asked ? <DecisionDialog {...asked} onClose={() => setAsked(null)} /> : null}
    </Panel>
  );
}

interface ProposalsProps {
  readonly state: (typeof STATES)[number];
  readonly onDecide: (asked: Asked) => void;
}

function Proposals({ state, onDecide }: ProposalsProps) {
  const t = useTranslations("settings");
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useProposals(state);
  const items = data?.pages.flatMap((page) => page.items);
  if (!items && isError) {
    return <LoadFailed message={t("proposals.failed")} retry={t("retry")} onRetry={() => void refetch()} />;
  }
  if (!items) return <div className={styles.line} aria-hidden="true" />;
  if (items.length === 0) {
    return <p className={styles.quiet}>{t(state === "open" ? "proposals.none" : "proposals.noneDecided")}</p>;
  }
  return (
    <>
      <ol className={styles.changes}>
        {items.map((proposal) => (
          <Row key={proposal.id} proposal={proposal} onDecide={onDecide} />
        ))}
      </ol>
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("proposals.more")}
        </Button>
      ) : null}
    </>
  );
}

function Row({ proposal, onDecide }: { readonly proposal: Proposal } & Pick<ProposalsProps, "onDecide">) {
  const t = useTranslations("settings.proposals");
  const canWrite = useCan("settings.write");
  const told = useToldWords();
  const { state, reason, isOwn } = proposal;
  return (
    <li className={styles.proposal}>
      <div>
        <strong>{told(proposal)}</strong>
        {reason === null ? null : <div>{plainText(reason)}</div>}
        <Trail proposal={proposal} />
        {state === "open" && isOwn ? <div className={styles.quiet}>{t("own")}</div> : null}
      </div>
      {state === "open" && canWrite ? (
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => onDecide({ proposal, decision: "refuse" })}>
            {t(isOwn ? "withdraw" : "refuse")}
          </Button>
          {isOwn ? null : (
            <Button onClick={() => onDecide({ proposal, decision: "confirm" })}>{t("confirm")}</Button>
          )}
        </div>
      ) : null}
    </li>
  );
}

/** Who proposed it and who decided, and when. */
function Trail({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations("settings.proposals");
  const minute = useMinute();
  const { state, proposedAt, proposedBy, expiresAt, decidedAt, decidedBy, decisionReason } = proposal;
  return (
    <div className={styles.quiet}>
      {t("by", { who: plainText(proposedBy.name), when: minute(proposedAt) })}
      {state === "open" ? t("until", { until: minute(expiresAt) }) : ""}
      {decidedAt === null || decidedBy === null ? (
        state === "expired" && ` · ${t("states.expired")}`
      ) : (
        <div>
          {t("decided", {
            state: t(`states.${state}`),
            who: plainText(decidedBy.name),
            when: minute(decidedAt),
          })}
          {decisionReason === null ? "" : ` · ${plainText(decisionReason)}`}
        </div>
      )}
    </div>
  );
}
