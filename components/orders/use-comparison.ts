"use client";
import { useQuery } from "@tanstack/react-query";
import type { Comparison } from "#server/contracts/api/orders.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const KEPT_MS = 120_000;

/** The day before, and how it stood at the same minute; each new minute asks anew, meanwhile the last answer stands. */
export function useComparison(date: string, minute: number) {
  return useQuery({
    queryKey: ["orders", "comparison", date, minute],
    queryFn: ({ signal }) =>
      fetchJson<Comparison>(`/api/v1/orders/comparison?date=${date}&minute=${minute}`, { signal }),
    placeholderData: (previous) => (previous?.date === date ? previous : undefined),
    gcTime: KEPT_MS,
  });
}
