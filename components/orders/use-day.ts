"use client";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DayRevisions } from "#server/contracts/api/days.ts";
import { reread } from "../live/reread.ts";
import { usePatch } from "../live/use-patch.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";
import { dayKey } from "./board-keys.ts";
import { lateEffectQuery } from "./late-effect-query.ts";

/** What a closed day was said to be. */
export function useDayRevisions(date: string) {
  usePatch("orders", (client, { body }) => {
    // What a drawer shows beside its figures changes with them.
    if (body.days.some((day) => day.date === date)) void reread(client, { queryKey: dayKey(date) });
  });
  return useQuery({
    queryKey: [...dayKey(date), "revisions"],
    queryFn: ({ signal }) => fetchJson<DayRevisions>(`/api/v1/orders/days/${date}/revisions`, { signal }),
    staleTime: 0,
  });
}

/** What its late orders would change. */
export function useLateEffect(date: string, enabled: boolean) {
  return useQuery({ ...lateEffectQuery(date), enabled });
}

/** Takes the late orders in; whoever was faster is shown by reading anew. */
export function useApplyLate(date: string) {
  const errorWords = useErrorWords();
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ revision, reason }: { readonly revision: number; readonly reason: string }) =>
      fetchJson<DayRevisions>(`/api/v1/orders/days/${date}/apply-late`, {
        method: "POST",
        body: { reason },
        version: revision,
      }),
    onError: (error) => notifications.show({ color: "red", message: errorWords(error) }),
    onSettled: () => reread(client, { queryKey: dayKey(date) }),
  });
}
