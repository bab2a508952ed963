"use client";
import { useQuery } from "@tanstack/react-query";
import type { Comparison } from "#server/contracts/api/orders.ts";
import type { ComparedWith } from "#server/contracts/compared-days.ts";
import { useIsPaused } from "../live/use-is-stale.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const KEPT_MS = 120_000;

/** What a day is compared with, up to a minute; each new minute asks anew, meanwhile the last answer stands. */
export function useComparison(date: string, compared: ComparedWith, minute: number) {
  const search = new URLSearchParams({ date, with: compared, minute: String(minute) });
  const isPaused = useIsPaused();
  return useQuery({
    ...(isPaused ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    queryKey: ["orders", "comparison", date, compared, minute],
    queryFn: ({ signal }) => fetchJson<Comparison>(`/api/v1/orders/comparison?${search}`, { signal }),
    placeholderData: (previous) =>
      previous?.date === date && previous.with === compared ? previous : undefined,
    gcTime: KEPT_MS,
  });
}
