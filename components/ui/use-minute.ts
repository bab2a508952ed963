"use client";
import { useFormatter } from "use-intl";

/** Date and time to the minute in the business zone: "11/22/2026, 14:11". */
export function useMinute(): (instant: string) => string {
  const format = useFormatter();
  return (instant) =>
    format.dateTime(new Date(instant), {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
}
