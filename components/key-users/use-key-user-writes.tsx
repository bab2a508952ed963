"use client";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { FieldMove, KeyUser } from "#server/contracts/api/key-users.ts";
import { UNDO_MS } from "#server/contracts/cases.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { UndoOffer } from "../ui/undo-offer.tsx";
import { useErrorWords } from "../ui/use-error-words.ts";

/** Changed cells of a row, as typed. */
export interface RowEdit {
  readonly rawPremium?: string;
  readonly rawInfo?: string | null;
  readonly segment?: string | null;
  readonly customerName?: string | null;
  readonly customerTel?: string | null;
}

export interface EditWrite {
  readonly kind: "edit";
  /** The row as its writer saw it. */
  readonly user: KeyUser;
  readonly edit: RowEdit;
}

export interface RevertWrite {
  readonly kind: "revert";
  readonly user: KeyUser;
  readonly changeId: string;
  readonly reason: string;
}

export type RowWrite =
  | EditWrite
  | RevertWrite
  | { readonly kind: "remove" | "restore"; readonly user: KeyUser };

/** An edit that met a row in which something moved that it contradicts. */
export interface EditConflict {
  readonly edit: RowEdit;
  readonly current: KeyUser;
  readonly moves: readonly FieldMove[];
}

export function sendWrite(write: RowWrite): Promise<KeyUser> {
  const { user, kind } = write;
  const path = `/api/v1/key-users/${user.userId}`;
  const { version } = user;
  if (kind === "edit") return fetchJson<KeyUser>(path, { method: "PATCH", body: write.edit, version });
  if (kind === "remove") return fetchJson<KeyUser>(path, { method: "DELETE", version });
  if (kind === "revert") {
    const { changeId, reason } = write;
    const body = { changeId, ...(reason === "" ? {} : { reason }) };
    return fetchJson<KeyUser>(`${path}/revert`, { method: "POST", body, version });
  }
  return fetchJson<KeyUser>(`${path}/restore`, { method: "POST", version });
}

/** The row as it stands, when the server says that somebody was faster. */
export function currentOf(error: unknown): KeyUser | null {
  if (!(error instanceof ProblemError) || error.status !== 409) return null;
  return (error.problem.current as KeyUser | undefined) ?? null;
}

const movesOf = (error: unknown): readonly FieldMove[] =>
  error instanceof ProblemError ? ((error.problem.moves as FieldMove[] | undefined) ?? []) : [];

/** Says that a customer is off the list, and offers for a while to put them back. */
function useUndoOffer(): (user: KeyUser, onUndo: () => void) => void {
  const t = useTranslations("keyUsers");
  return (user, onUndo) => {
    const id = `removed ${user.userId}`;
    notifications.show({
      id,
      autoClose: UNDO_MS,
      message: (
        <UndoOffer
          words={t("removed", { user: user.userId })}
          button={(seconds) => t("undoRemoval", { seconds })}
          lasts={UNDO_MS}
          onUndo={() => {
            notifications.hide(id);
            onUndo();
          }}
        />
      ),
    });
  };
}

/** Edits, reverts, removals and restorations. Two versions of one edit are laid side by side, for the person to choose. */
export function useKeyUserWrites(receive: (users: readonly KeyUser[]) => void) {
  const errorWords = useErrorWords();
  const t = useTranslations("keyUsers");
  const offerUndo = useUndoOffer();
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const mutation = useMutation({
    mutationFn: sendWrite,
    onSuccess: (user, { kind }) => {
      receive([user]);
      if (kind === "remove") offerUndo(user, () => mutation.mutate({ kind: "restore", user }));
      if (kind === "revert") notifications.show({ message: t("reverted", { user: user.userId }) });
      if (kind === "restore") notifications.show({ message: t("restored", { user: user.userId }) });
    },
    onError: (error, write) => {
      const current = currentOf(error);
      if (current) receive([current]);
      if (current && write.kind === "edit") {
        setConflict({ edit: write.edit, current, moves: movesOf(error) });
      } else notifications.show({ color: "red", title: t("failed"), message: errorWords(error) });
    },
  });
  return {
    write: mutation.mutate,
    /** Rejects where the write did not come about; the reason has been shown. */
    writeAndWait: mutation.mutateAsync,
    isBusy: mutation.isPending,
    conflict,
    settle: () => setConflict(null),
  };
}
