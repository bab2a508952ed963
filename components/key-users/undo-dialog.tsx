"use client";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ImportEntry, UndoResult } from "#server/contracts/api/key-user-imports.ts";
import { Dialog } from "../ui/dialog.tsx";
import form from "../ui/dialog-form.module.css";
import { ProblemError } from "../ui/fetch-json.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { useMinute } from "../ui/use-minute.ts";
import styles from "./dialog.module.css";
import log from "./import-log.module.css";
import { useUndo, useUndoPreview } from "./use-import-log.ts";

export interface UndoDialogProps {
  /** null: closed. */
  readonly entry: ImportEntry | null;
  readonly onClose: () => void;
}

/** Rows that stay as they are, named one by one; further ones are counted. */
const MAX_NAMED = 10;

/** What an undo would take back and what it would leave, before it is done. */
export function UndoDialog({ entry, onClose }: UndoDialogProps) {
  const t = useTranslations("keyUsers.log");
  return (
    <Dialog
      isOpen={entry !== null}
      title={entry ? t("undoOf", { id: entry.id }) : ""}
      close={t("close")}
      onClose={onClose}
    >
      {entry ? <Undoing entry={entry} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Undoing({ entry, onClose }: { readonly entry: ImportEntry; readonly onClose: () => void }) {
  const t = useTranslations("keyUsers");
  const [reason, setReason] = useState("");
  const preview = useUndoPreview(entry);
  const undo = useUndo(entry, onClose);
  const error = undo.error ?? preview.error;
  return (
    <div className={form.form}>
      {preview.data ? <Effect told={preview.data} /> : null}
      {preview.isPending ? <div className={log.skeleton} aria-hidden="true" /> : null}
      {error ? <Refusal error={error} /> : null}
      {preview.data ? (
        <TextInput
          label={t("log.reason")}
          value={reason}
          maxLength={1000}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      <div className={form.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        {preview.data ? (
          <Button loading={undo.isPending} onClick={() => undo.mutate(reason.trim())}>
            {t("log.undo")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Effect({ told: { back, removed, left, leftRows, affectedCases } }: { readonly told: UndoResult }) {
  const t = useTranslations("keyUsers.log");
  return (
    <>
      <p className={styles.told}>{t("willUndo", { back, removed })}</p>
      {affectedCases > 0 ? <p className={styles.told}>{t("willAffect", { count: affectedCases })}</p> : null}
      {left > 0 ? (
        <>
          <p className={styles.told}>{t("willLeave", { count: left })}</p>
          <Left rows={leftRows} count={left} />
        </>
      ) : null}
    </>
  );
}

function Left({ rows, count }: { readonly rows: UndoResult["leftRows"]; readonly count: number }) {
  const t = useTranslations("keyUsers");
  const minute = useMinute();
  const hidden = count - Math.min(rows.length, MAX_NAMED);
  return (
    <ul className={styles.left}>
      {rows.slice(0, MAX_NAMED).map(({ userId, by, at }) => (
        <li key={userId}>
          <strong>{userId}</strong>{" "}
          {t("log.changedBy", { who: by === "stream" ? t("row.stream") : by, when: minute(at) })}
        </li>
      ))}
      {hidden > 0 ? <li>{t("importing.more", { count: hidden })}</li> : null}
    </ul>
  );
}

/** Why it cannot be undone, in the reader's language. */
function Refusal({ error }: { readonly error: Error }) {
  const errorWords = useErrorWords();
  const t = useTranslations("keyUsers.log");
  const problem = error instanceof ProblemError ? error.problem : null;
  const key = `refusals.${problem?.code}` as "refusals.nothing_to_undo";
  const rows = (problem?.leftRows as UndoResult["leftRows"] | undefined) ?? [];
  return (
    <div role="alert">
      <p className={form.problem}>{t.has(key) ? t(key) : errorWords(error)}</p>
      {rows.length > 0 ? <Left rows={rows} count={Number(problem?.left ?? rows.length)} /> : null}
    </div>
  );
}
