"use client";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { ImportEntry, ImportsPage, UndoResult } from "#server/contracts/api/key-user-imports.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { rereadKeyUsers } from "./use-key-users.ts";

/** The import log, newest first. */
export function useImportLog(limit: number) {
  return useInfiniteQuery({
    queryKey: ["key-users", "imports", limit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return fetchJson<ImportsPage>(`/api/v1/key-users/imports?limit=${limit}${cursor}`, { signal });
    },
    getNextPageParam: (last) => last.nextCursor,
  });
}

const undoPath = ({ id }: ImportEntry): string => `/api/v1/key-users/imports/${id}/undo`;

/** What an undo would do at this moment. */
export function useUndoPreview(entry: ImportEntry) {
  return useQuery({
    queryKey: ["key-users", "undo", entry.id],
    queryFn: ({ signal }) =>
      fetchJson<UndoResult>(`${undoPath(entry)}?dryRun=true`, { method: "POST", body: {}, signal }),
    gcTime: 0,
    retry: false,
  });
}

/** Undoes an import, row by row. */
export function useUndo(entry: ImportEntry, onDone: () => void) {
  const t = useTranslations("keyUsers.log");
  const client = useQueryClient();
  return useAct({
    mutationFn: (reason: string) =>
      fetchJson<UndoResult>(undoPath(entry), { method: "POST", body: reason === "" ? {} : { reason } }),
    onSuccess: ({ back, removed, left }) => {
      notifications.show({ message: t("done", { id: entry.id, back, removed, left }) });
      onDone();
    },
    onSettled: () => rereadKeyUsers(client),
  });
}
