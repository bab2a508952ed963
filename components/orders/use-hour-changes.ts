"use client";
import { useQuery } from "@tanstack/react-query";
import type { HourChanges } from "#server/contracts/api/orders.ts";
import { fetchJson } from "../ui/fetch-json.ts";

/**
 * What has changed an hour since it was over. Read anew when the hour's premium has become another, and not otherwise: nothing moves
 * under the reader for nothing.
 */
export function useHourChanges(bizHour: string, premium: string) {
  return useQuery({
    queryKey: ["orders", "changes", bizHour, premium],
    queryFn: ({ signal }) => fetchJson<HourChanges>(`/api/v1/orders/hours/${bizHour}/changes`, { signal }),
    placeholderData: (previous) => (previous?.bizHour === bizHour ? previous : undefined),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
