"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { AlertRules, AlertRulesPage } from "#server/contracts/api/alert-rules.ts";
import type { Proposed } from "#server/contracts/api/proposals.ts";
import { wasProposed } from "#server/contracts/was-proposed.ts";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";

/** Another administrator may put others in force meanwhile. */
const LOOK_AGAIN_MS = 15_000;
const KEY = ["alert-rules"] as const;

/** Versions of the thresholds, the one in force first. */
export function useAlertRules() {
  return useQuery({
    queryKey: KEY,
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: ({ signal }) => fetchJson<AlertRulesPage>("/api/v1/alert-rules", { signal }),
  });
}

export interface RulesEdit {
  /** The version that the person saw. */
  readonly version: number;
  readonly body: {
    readonly stepPercent: string;
    readonly cumulativePercent: string;
    readonly reason: string;
  };
}

/** Puts a new version in force, or proposes it. When somebody was faster, theirs is read, and the person decides anew. */
export function useRulesEdit(onDone: (isWaiting: boolean) => void) {
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ version, body }: RulesEdit) =>
      fetchJson<AlertRules | Proposed>("/api/v1/alert-rules", { method: "PATCH", body, version }),
    onSuccess: (answer) => onDone(wasProposed(answer)),
    onSettled: () => reread(client, { queryKey: KEY }),
  });
}
