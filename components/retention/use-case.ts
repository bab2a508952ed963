"use client";
import { useQuery } from "@tanstack/react-query";
import type { CaseDetail, PremiumPoint } from "#server/contracts/api/retention.ts";
import { reread } from "../live/reread.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";

export const caseKey = (id: string) => ["retention", "case", id] as const;

/** One case with evidence and timeline; read anew when a patch names it. */
export function useCase(id: string) {
  usePatch("retention", (client, patch) => {
    if (patch.body.cases?.some((each) => each.id === id) ?? true)
      void reread(client, { queryKey: caseKey(id) });
  });
  return useQuery({
    queryKey: caseKey(id),
    staleTime: 0, // only the case that is shown hears of changes: another is read anew when it is shown again
    queryFn: ({ signal }) => fetchJson<CaseDetail>(`/api/v1/retention/cases/${id}`, { signal }),
  });
}

/** The insured amount of the case's customer over time. */
export function usePremiumHistory(id: string) {
  return useQuery({
    queryKey: [...caseKey(id), "history"],
    queryFn: ({ signal }) =>
      fetchJson<{ readonly items: PremiumPoint[] }>(`/api/v1/retention/cases/${id}/history`, { signal }),
  });
}
