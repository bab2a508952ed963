"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { ImportResult } from "../../server/contracts/api/key-users.ts";
import { ProblemError, problemOf } from "../ui/fetch-json.ts";
import { fetchSignedIn } from "../ui/session-gate.ts";
import { rereadKeyUsers } from "./use-key-users.ts";

interface Attempt {
  readonly file: File;
  readonly dryRun: boolean;
  readonly skipRejected: boolean;
}

async function send({ file, dryRun, skipRejected }: Attempt): Promise<ImportResult> {
  const asked = new URLSearchParams({ dryRun: String(dryRun), skipRejected: String(skipRejected) });
  const response = await fetchSignedIn(`/api/v1/key-users/imports?${asked}`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: await file.arrayBuffer(),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as ImportResult;
}

/** A file is first tried without writing; what that tells is shown, and then it is imported or not. */
export function useImport() {
  const t = useTranslations("keyUsers.importing");
  const client = useQueryClient();
  const complain = (error: Error) =>
    notifications.show({ color: "red", title: t("failed"), message: error.message });
  const preview = useMutation({
    mutationFn: async (file: File) => ({
      file,
      result: await send({ file, dryRun: true, skipRejected: true }),
    }),
    onError: complain,
  });
  const run = useMutation({
    mutationFn: (file: File) => send({ file, dryRun: false, skipRejected: true }),
    onSuccess: ({ added, changed }) => {
      notifications.show({ message: t("done", { added, changed }) });
      preview.reset();
      return rereadKeyUsers(client);
    },
    onError: complain,
  });
  return { preview, run };
}
