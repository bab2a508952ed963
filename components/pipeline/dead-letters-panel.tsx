"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { useLiveClient } from "../live/live-provider.tsx";
import { useCan } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { Panel } from "../ui/panel.tsx";
import { DeadLetterFilters } from "./dead-letter-filters.tsx";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import deadLetters from "./dead-letters.module.css";
import styles from "./dead-letters-panel.module.css";
import { type DeadLetterChoice, deadLetterSearch, groupsOf, isNarrowed } from "./prepare-dead-letters.ts";
import { ReasonGroupsTable } from "./reason-groups-table.tsx";
import type { Bulk } from "./use-bulk.ts";
import { useDeadLetterChoice } from "./use-dead-letter-choice.ts";
import { useDeadLetterKeys } from "./use-dead-letter-keys.ts";
import { useDeadLetters, useReasonGroups } from "./use-dead-letters.ts";

const DeadLetterDrawer = onDemand(() =>
  import("./dead-letter-drawer.tsx").then((module) => module.DeadLetterDrawer),
);
const BulkDialog = onDemand(() => import("./bulk-dialog.tsx").then((module) => module.BulkDialog));

/** Refused lines as a workplace: which reasons are frequent, one line with its fields, editing and discarding. */
export function DeadLettersPanel({ status }: { readonly status: PipelineStatus | undefined }) {
  const t = useTranslations("pipeline.deadLetters");
  const { choice, deadLetter, choose, openDeadLetter } = useDeadLetterChoice();
  return (
    <Panel title={t("title")} note={t("subtitle")}>
      <DeadLetterFilters choice={choice} onChoose={choose} status={status} />
      <ReasonGroups choice={choice} onChoose={choose} />
      <DeadLetters choice={choice} onOpen={openDeadLetter} />
      {deadLetter === "" ? null : (
        <DeadLetterDrawer key={deadLetter} id={deadLetter} onClose={() => openDeadLetter("")} />
      )}
    </Panel>
  );
}

interface ReasonGroupsProps {
  readonly choice: DeadLetterChoice;
  readonly onChoose: (next: Partial<DeadLetterChoice>) => void;
}

function ReasonGroups({ choice, onChoose }: ReasonGroupsProps) {
  const canEdit = useCan("dead-letters.edit");
  const { now } = useLiveClient();
  const { data, isError } = useReasonGroups(choice);
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const groups = groupsOf(data?.items ?? [], choice.stream);
  if (!data) return isError ? null : <div className={deadLetters.groupsSkeleton} aria-hidden="true" />;
  return (
    <div className={deadLetters.groups}>
      {groups.length > 0 ? (
        <ReasonGroupsTable
          groups={groups}
          choice={choice}
          canEdit={canEdit}
          onChoose={({ stream, code, field }) => onChoose({ stream, code, field: field ?? "" })}
          onBulk={(action, group) =>
            setBulk({
              action,
              group,
              from: deadLetterSearch(choice, now(), "reason-groups").get("from"),
            })
          }
        />
      ) : null}
      {bulk ? <BulkDialog bulk={bulk} onClose={() => setBulk(null)} /> : null}
    </div>
  );
}

interface DeadLettersProps {
  readonly choice: DeadLetterChoice;
  readonly onOpen: (id: string) => void;
}

function DeadLetters({ choice, onOpen }: DeadLettersProps) {
  const t = useTranslations("pipeline.deadLetters");
  const page = useTranslations("pipeline");
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDeadLetters(choice);
  const items = data?.pages.flatMap((part) => part.items);
  useDeadLetterKeys();
  return (
    <div className={styles.body}>
      {items && items.length > 0 ? <DeadLetterTable items={items} onOpen={onOpen} /> : null}
      {items?.length === 0 ? (
        <p className={styles.none}>{t(isNarrowed(choice) ? "noneHere" : "none")}</p>
      ) : null}
      {!items && isError ? (
        <LoadFailed message={t("failed")} retry={page("retry")} onRetry={() => void refetch()} />
      ) : null}
      {items || isError ? null : <div className={styles.skeleton} aria-hidden="true" />}
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </div>
  );
}
