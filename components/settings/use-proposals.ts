"use client";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import type { Proposal, ProposalsPage } from "#server/contracts/api/proposals.ts";
import { reread } from "../live/reread.ts";
import { fetchJson, ProblemError } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";

/** Somebody else proposes and decides meanwhile. */
const LOOK_AGAIN_MS = 15_000;

/** What waits for a second administrator, or what became of it; newest first. */
export function useProposals(state: "open" | "decided") {
  return useInfiniteQuery({
    queryKey: ["proposals", state],
    initialPageParam: null as string | null,
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return fetchJson<ProposalsPage>(`/api/v1/proposals?state=${state}${cursor}`, { signal });
    },
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** What one does to a proposal. */
export type Decision = "confirm" | "refuse";

interface Decided {
  readonly id: string;
  readonly decision: Decision;
  readonly reason: string;
  /** Of an import that would do something else by now: what was looked at; null: nothing. */
  readonly seen: string | null;
}

/** What an import would do by now, where that is why it was not done; null: it is not. */
export const byNow = (error: Error | null): ImportResult | null =>
  error instanceof ProblemError && error.problem.code === "preview_outdated"
    ? (error.problem.current as ImportResult)
    : null;

/** Confirms, refuses or withdraws one; whatever it was about is read anew, wherever it is shown. */
export function useDecision(onDone: () => void) {
  const t = useTranslations("settings.proposals");
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ id, decision, reason, seen }: Decided) =>
      fetchJson<Proposal>(`/api/v1/proposals/${id}/${decision}`, {
        method: "POST",
        body: { ...(reason === "" ? {} : { reason }), ...(seen === null ? {} : { seen }) },
      }),
    onSuccess: ({ state }) => {
      if (state === "confirmed" || state === "refused" || state === "withdrawn") {
        notifications.show({ message: t(`done.${state}`) });
      }
      onDone();
    },
    onSettled: () => reread(client),
  });
}
