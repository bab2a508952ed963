"use client";
import { useQuery } from "@tanstack/react-query";
import type { Hourly, UsualGap } from "#server/contracts/api/orders.ts";
import type { BusinessTime } from "#server/contracts/business-time.ts";
import type { DataAge } from "../live/freshness-badge.tsx";
import { fetchJson } from "../ui/fetch-json.ts";
import type { BusinessClock } from "./use-business-clock.ts";

/**
 * The age of the board's data: the newest order of today, which is the newest of the stream if that is of today. What is usual is asked
 * anew each hour.
 */
export function useDataAge(hourly: Hourly | undefined, clock: BusinessClock, time: BusinessTime): DataAge {
  const { data } = useQuery({
    queryKey: ["orders", "usual-gap", clock.openHour],
    queryFn: ({ signal }) => fetchJson<UsualGap>("/api/v1/orders/usual-gap", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const newest = hourly?.completeTo ? Date.parse(hourly.completeTo) : null;
  const isOfToday = newest !== null && time.dateOf(newest) >= clock.today;
  return { newestAt: isOfToday ? newest : null, usualMs: data?.usualMs ?? null };
}
