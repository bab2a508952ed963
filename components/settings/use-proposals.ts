"use client";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Proposal, ProposalsPage } from "#server/contracts/api/proposals.ts";
import { reread } from "../live/reread.ts";
import { fetchJson } from "../ui/fetch-json.ts";
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

/** Confirms, refuses or withdraws one; whatever it was about is read anew, wherever it is shown. */
export function useDecision(onDone: () => void) {
  const t = useTranslations("settings.proposals");
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ id, decision, reason }: { id: string; decision: Decision; reason: string }) =>
      fetchJson<Proposal>(`/api/v1/proposals/${id}/${decision}`, {
        method: "POST",
        body: reason === "" ? {} : { reason },
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
