"use client";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DeliveriesPage, Delivery } from "#server/contracts/api/deliveries.ts";
import { reread } from "../live/reread.ts";
import { useRefreshMs } from "../live/use-is-stale.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { useErrorWords } from "../ui/use-error-words.ts";

const KEY = ["deliveries"] as const;
const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

/** Deliveries newest first, given up ones alone or all; page by page as the reader asks for older ones; from then on they are not refreshed. */
export function useDeliveries(deadOnly: boolean) {
  const refreshMs = useRefreshMs(REFRESH_MS);
  return useInfiniteQuery({
    queryKey: [...KEY, deadOnly],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<DeliveriesPage>(`/api/v1/deliveries?${search(deadOnly, pageParam)}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
}

function search(deadOnly: boolean, cursor: string): URLSearchParams {
  const state = deadOnly ? { state: "dead" } : {};
  return new URLSearchParams({ limit: String(PAGE_SIZE), ...state, ...(cursor ? { cursor } : {}) });
}

/** Sends a dead delivery again. */
export function useSendAgain() {
  const errorWords = useErrorWords();
  const t = useTranslations("pipeline.deliveries");
  const client = useQueryClient();
  return useAct({
    mutationFn: (id: string) =>
      fetchJson<Delivery>(`/api/v1/deliveries/${id}/send-again`, { method: "POST" }),
    onError: (error) =>
      notifications.show({ color: "red", title: t("againFailed"), message: errorWords(error) }),
    onSettled: () => reread(client, { queryKey: KEY }),
  });
}
