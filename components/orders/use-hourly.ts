"use client";
import { hourly } from "../../server/contracts/api/orders.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { followHours } from "./follow-hours.ts";

/** The hours of a business date, kept up to date by patches. */
export function useHourly(date: string) {
  return useLiveQuery({
    topic: "orders",
    queryKey: ["orders", "hourly", date],
    queryFn: (signal) => fetchJson(`/api/v1/orders/hourly?date=${date}`, hourly, { signal }),
    apply: followHours,
  });
}
