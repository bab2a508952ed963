"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { BusinessCalendarTexts } from "#server/contracts/api/settings.ts";
import { BusinessCalendar, readOpenHours, readSpecialDays } from "#server/contracts/business-calendar.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { fetchJson } from "../ui/fetch-json.ts";

const FRESH_MS = 60_000;

/** When the office is open; null: not known yet, or not to be had: then nothing is said of it. */
export function useOffice(): BusinessCalendar | null {
  const { data } = useQuery({
    queryKey: ["business-calendar"],
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => fetchJson<BusinessCalendarTexts>("/api/v1/business-calendar", { signal }),
  });
  return useMemo(() => (data ? officeOf(data) : null), [data]);
}

/** @param texts as the settings hold them: they were read so before they were kept */
const officeOf = ({ zone, hours, days }: BusinessCalendarTexts): BusinessCalendar =>
  new BusinessCalendar(new BusinessTime(zone), {
    hours: readOpenHours(hours) ?? [],
    days: readSpecialDays(days) ?? [],
  });
