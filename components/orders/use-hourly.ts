"use client";
import type { Hourly } from "#server/contracts/api/orders.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { hourlyKey } from "./board-keys.ts";
import { followHours } from "./follow-hours.ts";

/** The hours of a business date, kept up to date by patches; an earlier revision of it stands still. */
export function useHourly(date: string, revision: number | null) {
  const which = revision === null ? "" : `&revision=${revision}`;
  return useLiveQuery({
    topic: "orders",
    queryKey: hourlyKey(date, revision),
    queryFn: (signal) => fetchJson<Hourly>(`/api/v1/orders/hourly?date=${date}${which}`, { signal }),
    apply: revision === null ? followHours : (data) => data,
  });
}
