"use client";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";

/** Changed cells of a row, as typed. */
export interface RowEdit {
  readonly rawPremium?: string;
  readonly rawInfo?: string | null;
}

export type RowWrite =
  | { readonly kind: "edit"; readonly user: KeyUser; readonly edit: RowEdit }
  | { readonly kind: "remove" | "restore"; readonly user: KeyUser };

/** An edit that met a newer version of its row. */
export interface EditConflict {
  readonly edit: RowEdit;
  readonly current: KeyUser;
}

function send(write: RowWrite): Promise<KeyUser> {
  const { user, kind } = write;
  const path = `/api/v1/key-users/${user.userId}`;
  const { version } = user;
  if (kind === "edit") return fetchJson<KeyUser>(path, { method: "PATCH", body: write.edit, version });
  if (kind === "remove") return fetchJson<KeyUser>(path, { method: "DELETE", version });
  return fetchJson<KeyUser>(`${path}/restore`, { method: "POST", version });
}

/** The row as it stands, when the server says that somebody was faster. */
export function currentOf(error: unknown): KeyUser | null {
  if (!(error instanceof ProblemError) || error.status !== 409) return null;
  return (error.problem.current as KeyUser | undefined) ?? null;
}

/** Edits, removals and restorations. Two versions of one edit are laid side by side, for the person to choose. */
export function useKeyUserWrites(receive: (users: readonly KeyUser[]) => void) {
  const t = useTranslations("keyUsers");
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: (user, { kind }) => {
      receive([user]);
      if (kind === "remove") notifications.show({ message: t("removed", { user: user.userId }) });
      if (kind === "restore") notifications.show({ message: t("restored", { user: user.userId }) });
    },
    onError: (error, write) => {
      const current = currentOf(error);
      if (current) receive([current]);
      if (current && write.kind === "edit") setConflict({ edit: write.edit, current });
      else notifications.show({ color: "red", title: t("failed"), message: error.message });
    },
  });
  return { write: mutation.mutate, isBusy: mutation.isPending, conflict, settle: () => setConflict(null) };
}
