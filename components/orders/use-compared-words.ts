"use client";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type ComparedWith, comparedDays } from "#server/contracts/compared-days.ts";

export interface ComparedWords {
  /** "yesterday", "Sun, Nov 22", "average of 4" */
  readonly name: string;
  /** The same with the minute to which both are compared: "yesterday to 10:23". */
  readonly until: string;
  /** Its figures are here: where they are not, nothing is known of them, which is not the same as none. */
  readonly isRead: boolean;
}

interface Asked {
  readonly date: string;
  readonly isToday: boolean;
  readonly compared: ComparedWith;
  /** How many days an average is over; undefined while it is being read. */
  readonly count: number | undefined;
  /** "10:23"; null: whole days are compared. */
  readonly minute: string | null;
}

/** What a day is compared with, in words (rule O13). */
export function useComparedWords({ date, isToday, compared, count, minute }: Asked): ComparedWords {
  const t = useTranslations("orders.compare");
  const format = useFormatter();
  return useMemo(() => {
    const day = () => {
      const [only = ""] = comparedDays(date, compared);
      return format.dateTime(new Date(`${only}T12:00:00Z`), DAY);
    };
    const named = () => {
      if (compared === "average") return t("averageOf", { count: count || 4 });
      return compared === "yesterday" && isToday ? t("yesterdayName") : day();
    };
    const name = named();
    return {
      name,
      until: minute === null ? name : t("until", { name, time: minute }),
      isRead: count !== undefined,
    };
  }, [t, format, date, isToday, compared, count, minute]);
}

const DAY = { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" } as const;
