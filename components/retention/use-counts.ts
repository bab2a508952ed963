"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { CaseCounts } from "#server/contracts/api/retention.ts";
import { reread } from "../live/reread.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { assigneeOf, type DeskChoice } from "./use-desk-choice.ts";

const KEY = ["retention", "counts"] as const;
/** However many patches come, the counts are read once in this time, ms. */
const REREAD_MS = 1_000;

/** An owner's cases by state; read anew, at a calm pace, when cases change. */
export function useCounts(owner: DeskChoice["owner"]) {
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  usePatch("retention", (client) => {
    due.current ??= setTimeout(() => {
      due.current = null;
      void reread(client, { queryKey: KEY });
    }, REREAD_MS);
  });
  return useQuery({
    queryKey: [...KEY, owner],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ assignee: assigneeOf(owner) ?? "" });
      return fetchJson<CaseCounts>(`/api/v1/retention/counts?${search}`, { signal });
    },
  });
}
