"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Winners } from "#server/contracts/api/orders.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PAGE = 50;

/** The orders behind a bar, page by page; as of the opening, so that nothing moves under the reader. */
export function useWinners(bizHour: string) {
  return useInfiniteQuery({
    queryKey: ["orders", "winners", bizHour],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return fetchJson<Winners>(`/api/v1/orders/hours/${bizHour}/orders?limit=${PAGE}${cursor}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 0,
    gcTime: 0,
  });
}
