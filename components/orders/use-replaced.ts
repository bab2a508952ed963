"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Replaced } from "#server/contracts/api/orders.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const PAGE = 50;

/** The difference of gross and last-order, order by order, page by page. */
export function useReplaced(date: string) {
  return useInfiniteQuery({
    queryKey: ["orders", "replaced", date],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return fetchJson<Replaced>(`/api/v1/orders/replaced?date=${date}&limit=${PAGE}${cursor}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 0,
    gcTime: 0,
  });
}
