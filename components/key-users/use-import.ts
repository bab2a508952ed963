"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Problem } from "#server/contracts/api/common.ts";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import type { ListChoices } from "#server/contracts/api/list-file.ts";
import type { Proposed } from "#server/contracts/api/proposals.ts";
import type { BlankChoice } from "#server/contracts/list-form.ts";
import { wasProposed } from "#server/contracts/was-proposed.ts";
import { ProblemError, problemOf } from "../ui/fetch-json.ts";
import { fetchSignedIn } from "../ui/session-gate.ts";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { rereadKeyUsers } from "./use-key-users.ts";

/** A chosen file, read once: what is imported are the bytes that were previewed, whatever becomes of the file. */
interface ListFile {
  readonly name: string;
  readonly bytes: ArrayBuffer;
  /** Tells one choice of a file from the next, ms. */
  readonly chosenAt: number;
}

/** How the file is to be read, and what its blank cells mean. */
export interface ImportChoices extends Pick<ListChoices, "encoding" | "separator"> {
  readonly blank: BlankChoice;
}

export interface Attempt {
  readonly file: ListFile;
  readonly choices: ImportChoices;
}

/** What a try without writing told. */
export interface ImportPreview extends Attempt {
  /** null: the file as a whole is no list; `fault` says why. */
  readonly result: ImportResult | null;
  readonly fault: Problem | null;
  /** Whether an import was refused because the list had changed, and this is what holds now. */
  readonly isRenewed: boolean;
}

const AS_FOUND: ImportChoices = { encoding: "auto", separator: "auto", blank: "keep" };
const REFUSED = 400;

/** Sends the file to one of the import's routes, read by the choices. @throws {ProblemError} */
export async function sendList<T>(
  path: string,
  { file, choices }: Attempt,
  asked: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<T> {
  const query = new URLSearchParams({ dialect: "spreadsheet", ...choices, ...asked });
  const response = await fetchSignedIn(`/api/v1/key-users/imports${path}?${query}`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: file.bytes,
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as T;
}

const asSent = ({ file }: Attempt) => ({ skipRejected: "true", fileName: file.name });

const tryOut = (attempt: Attempt): Promise<ImportResult> =>
  sendList("", attempt, { ...asSent(attempt), dryRun: "true" });

const execute = (attempt: ImportPreview): Promise<ImportResult | Proposed> =>
  sendList("", attempt, { ...asSent(attempt), preview: attempt.result?.preview ?? "" });

/** A file that is no list is an answer too: it can be read by other choices. */
async function look(attempt: Attempt): Promise<ImportPreview> {
  try {
    return { ...attempt, result: await tryOut(attempt), fault: null, isRenewed: false };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== REFUSED) throw error;
    return { ...attempt, result: null, fault: error.problem, isRenewed: false };
  }
}

/** What holds now, if that is why an import was refused. */
function renewed(shown: ImportPreview, error: Error): ImportPreview | null {
  if (!(error instanceof ProblemError) || error.problem.code !== "preview_outdated") return null;
  return { ...shown, result: error.problem.current as ImportResult, isRenewed: true };
}

/**
 * A file is first tried without writing; what that tells is shown, and then exactly this is imported, or nothing.
 * @param onImported customers whom one's own import put on the list; null: too many to name
 */
export function useImport(onImported: (added: readonly string[] | null) => void) {
  const errorWords = useErrorWords();
  const t = useTranslations("keyUsers.importing");
  const shell = useTranslations("shell");
  const client = useQueryClient();
  const [shown, setShown] = useState<ImportPreview | null>(null);
  const complain = (error: Error) =>
    notifications.show({ color: "red", title: t("failed"), message: errorWords(error) });
  const check = useMutation({ mutationFn: look, onSuccess: setShown, onError: complain });
  const run = useAct({
    mutationFn: execute,
    onSuccess: (answer) => {
      if (wasProposed(answer)) {
        notifications.show({ message: shell("waits") });
        return setShown(null);
      }
      const { added, changed, addedIds, refused } = answer;
      notifications.show({ message: t(refused === 0 ? "done" : "doneRefused", { added, changed, refused }) });
      setShown(null);
      onImported(addedIds);
      return rereadKeyUsers(client);
    },
    onError: (error, preview) => {
      const now = renewed(preview, error);
      if (now) setShown(now);
      else complain(error);
      // Without an answer it may have been done all the same: the log and the list tell.
      return rereadKeyUsers(client);
    },
  });
  return {
    shown,
    isChecking: check.isPending,
    isImporting: run.isPending,
    open: async (file: File) => {
      const chosen = { name: file.name, bytes: await file.arrayBuffer(), chosenAt: Date.now() };
      check.mutate({ file: chosen, choices: AS_FOUND });
    },
    choose: (choices: Partial<ImportChoices>) => {
      if (shown) check.mutate({ file: shown.file, choices: { ...shown.choices, ...choices } });
    },
    execute: () => {
      if (shown) run.mutate(shown);
    },
    close: () => setShown(null),
  };
}

export type Importing = ReturnType<typeof useImport>;
