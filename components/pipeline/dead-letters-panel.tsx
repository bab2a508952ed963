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
import { LetterFilters } from "./dead-letter-filters.tsx";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import letters from "./dead-letters.module.css";
import styles from "./dead-letters-panel.module.css";
import { deadLetterSearch, isNarrowed, kindsOf, type LetterChoice } from "./prepare-dead-letters.ts";
import { KindsTable } from "./reason-groups-table.tsx";
import type { Bulk } from "./use-bulk.ts";
import { useLetterChoice } from "./use-dead-letter-choice.ts";
import { useLetterKeys } from "./use-dead-letter-keys.ts";
import { useDeadLetters, useLetterKinds } from "./use-dead-letters.ts";

const LetterDrawer = onDemand(() => import("./dead-letter-drawer.tsx").then((module) => module.LetterDrawer));
const BulkDialog = onDemand(() => import("./bulk-dialog.tsx").then((module) => module.BulkDialog));

/** Refused lines as a workplace: which kinds are many, one line with its fields, mending and discarding. */
export function DeadLettersPanel({ status }: { readonly status: PipelineStatus | undefined }) {
  const t = useTranslations("pipeline.deadLetters");
  const { choice, letter, choose, openLetter } = useLetterChoice();
  return (
    <Panel title={t("title")} note={t("subtitle")}>
      <LetterFilters choice={choice} onChoose={choose} status={status} />
      <Kinds choice={choice} onChoose={choose} />
      <Letters choice={choice} onOpen={openLetter} />
      {letter === "" ? null : <LetterDrawer key={letter} id={letter} onClose={() => openLetter("")} />}
    </Panel>
  );
}

interface KindsProps {
  readonly choice: LetterChoice;
  readonly onChoose: (next: Partial<LetterChoice>) => void;
}

function Kinds({ choice, onChoose }: KindsProps) {
  const canMend = useCan("dead-letters.edit");
  const { now } = useLiveClient();
  const { data, isError } = useLetterKinds(choice);
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const kinds = kindsOf(data?.items ?? [], choice.stream);
  if (!data) return isError ? null : <div className={letters.kindsSkeleton} aria-hidden="true" />;
  return (
    <div className={letters.kinds}>
      {kinds.length > 0 ? (
        <KindsTable
          kinds={kinds}
          choice={choice}
          canMend={canMend}
          onChoose={({ stream, code, field }) => onChoose({ stream, code, field: field ?? "" })}
          onBulk={(action, kind) =>
            setBulk({ action, kind, from: deadLetterSearch(choice, now(), "kinds").get("from") })
          }
        />
      ) : null}
      {bulk ? <BulkDialog bulk={bulk} onClose={() => setBulk(null)} /> : null}
    </div>
  );
}

interface LettersProps {
  readonly choice: LetterChoice;
  readonly onOpen: (id: string) => void;
}

function Letters({ choice, onOpen }: LettersProps) {
  const t = useTranslations("pipeline.deadLetters");
  const page = useTranslations("pipeline");
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDeadLetters(choice);
  const items = data?.pages.flatMap((part) => part.items);
  useLetterKeys();
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
