"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { HourCauses } from "#server/contracts/api/orders.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PAGE = 50;

/** What moved an hour, page by page; as of the opening, so that nothing moves under the reader. */
export function useCauses(bizHour: string) {
  return useInfiniteQuery({
    queryKey: ["orders", "causes", bizHour],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return fetchJson<HourCauses>(`/api/v1/orders/hours/${bizHour}/causes?limit=${PAGE}${cursor}`, {
        signal,
      });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 0,
    gcTime: 0,
  });
}
