"use client";
import { useFormatter, useTranslations } from "use-intl";
import { useLiveClient } from "../live/live-provider.tsx";

const DAY_MS = 86_400_000;

/** A point in time as people say it, in the business zone: "today 09:03", "yesterday 22:04", "27 Nov 17:20". */
export function useWhen(): (instant: string) => string {
  const t = useTranslations("shell.when");
  const format = useFormatter();
  const live = useLiveClient();
  const dayOf = (ms: number) =>
    format.dateTime(new Date(ms), { year: "numeric", month: "2-digit", day: "2-digit" });
  return (instant) => {
    const at = new Date(instant);
    const now = live.now();
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const day = dayOf(at.getTime());
    if (day === dayOf(now)) return t("today", { time: format.dateTime(at, clock) });
    if (day === dayOf(now - DAY_MS)) return t("yesterday", { time: format.dateTime(at, clock) });
    return format.dateTime(at, { day: "numeric", month: "short", ...clock });
  };
}

/** A day: "3 Mar 2026". */
export function useDay(): (instant: string) => string {
  const format = useFormatter();
  return (instant) => format.dateTime(new Date(instant), { day: "numeric", month: "short", year: "numeric" });
}

/** A day without its year: "3 Mar". */
export function useShortDay(): (instant: string) => string {
  const format = useFormatter();
  return (instant) => format.dateTime(new Date(instant), { day: "numeric", month: "short" });
}
