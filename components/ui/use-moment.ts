"use client";
import { useFormatter } from "use-intl";

/** Day and time to the second in the business zone: "11/23, 14:22:40". */
export function useMoment(): (instant: string) => string {
  const format = useFormatter();
  return (instant) =>
    format.dateTime(new Date(instant), {
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
}
