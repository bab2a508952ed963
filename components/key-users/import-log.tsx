"use client";
import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ImportEntry } from "#server/contracts/api/key-user-imports.ts";
import { useCan } from "../shell/session.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./import-log.module.css";
import { UndoDialog } from "./undo-dialog.tsx";
import { useImportLog } from "./use-import-log.ts";

/** What was imported, by whom and from which file, newest first; what can be undone has its button. */
export function ImportLog({ limit }: { readonly limit: number }) {
  const t = useTranslations("keyUsers");
  const canWrite = useCan("key-users.write");
  const [undoing, setUndoing] = useState<ImportEntry | null>(null);
  const errorWords = useErrorWords();
  const { data, error, isError, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useImportLog(limit);
  if (isError && !data) {
    return (
      <LoadFailed
        message={`${t("log.failed")} ${errorWords(error)}`}
        retry={t("retry")}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <div className={styles.skeleton} aria-hidden="true" />;
  const entries = data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <p className={styles.quiet}>{t("log.none")}</p>;
  return (
    <>
      <ol className={styles.entries} aria-label={t("log.title")}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} onUndo={canWrite ? setUndoing : null} />
        ))}
      </ol>
      {hasNextPage ? (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("log.earlier")}
        </Button>
      ) : null}
      <UndoDialog entry={undoing} onClose={() => setUndoing(null)} />
    </>
  );
}

interface EntryProps {
  readonly entry: ImportEntry;
  /** null: who looks may not write. */
  readonly onUndo: ((entry: ImportEntry) => void) | null;
}

function Entry({ entry, onUndo }: EntryProps) {
  const t = useTranslations("keyUsers.log");
  const minute = useMinute();
  return (
    <li className={styles.entry}>
      <strong>#{entry.id}</strong>
      <div className={styles.told}>
        <div>{t("by", { when: minute(entry.at), who: entry.actor })}</div>
        <Counts entry={entry} />
        {entry.reason === null ? null : <div className={styles.quiet}>{entry.reason}</div>}
        {entry.undone === null ? null : (
          <div className={styles.quiet}>
            {t("undoneBy", { id: entry.undone.id, who: entry.undone.actor, when: minute(entry.undone.at) })}
          </div>
        )}
      </div>
      {entry.canUndo && onUndo ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          aria-label={t("undoOf", { id: entry.id })}
          onClick={() => onUndo(entry)}
        >
          {t("undo")}
        </Button>
      ) : null}
      {entry.undone === null ? null : <span className={styles.undone}>{t("undone")}</span>}
    </li>
  );
}

function Counts({ entry }: Pick<EntryProps, "entry">) {
  const t = useTranslations("keyUsers.log");
  const { added, changed, removed, rejected, conflicts, undoes, fileName, how } = entry;
  if (undoes !== null) {
    return <div>{t("undoCounts", { id: undoes, back: changed, removed, left: conflicts })}</div>;
  }
  const reading = how?.encoding ? ` · ${how.encoding.toUpperCase()}` : "";
  return (
    <>
      <div>{t("counts", { added, changed, rejected })}</div>
      <div className={styles.quiet}>
        {fileName ?? t("noName")}
        {reading}
      </div>
    </>
  );
}
