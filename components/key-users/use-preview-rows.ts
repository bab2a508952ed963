"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { PreviewGroup, PreviewRowsPage } from "#server/contracts/api/import-preview.ts";
import { type ImportPreview, sendList } from "./use-import.ts";

/** Rows of a first look, and of each further one. */
const FIRST = 8;
const MORE = 200;

/** Rows of one group of a preview, in pages. The file goes along each time: nothing of a preview is kept on the server. */
export function usePreviewRows(shown: ImportPreview, group: PreviewGroup, isOpen: boolean) {
  const { file, choices, result } = shown;
  const preview = result?.preview ?? "";
  return useInfiniteQuery({
    queryKey: ["import-preview", file.chosenAt, choices, preview, group],
    initialPageParam: null as string | null,
    enabled: isOpen && result !== null,
    // A preview is of one moment: what it held is asked for once.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    queryFn: ({ pageParam, signal }) => {
      const page = pageParam === null ? { limit: String(FIRST) } : { limit: String(MORE), cursor: pageParam };
      return sendList<PreviewRowsPage>("/rows", shown, { group, preview, ...page }, signal);
    },
    getNextPageParam: (last) => last.nextCursor,
  });
}
