"use client";
import { useMemo } from "react";
import { useTimeZone } from "use-intl";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { useFromFreshness } from "../live/use-is-stale.ts";

const MINUTE_MS = 60_000;

/** The business day and hour that run now. */
export interface BusinessClock {
  readonly today: string;
  /** Business hour yyyyMMddHH that runs. */
  readonly openHour: string;
  /** Of the clock on the wall: minutes since its midnight (rule O13), and of the running hour. */
  readonly minuteOfDay: number;
  readonly minuteOfHour: number;
}

export function clockAt(now: number, time: BusinessTime): BusinessClock {
  const minuteOfDay = time.minuteOf(now);
  return { today: time.dateOf(now), openHour: time.hourOf(now), minuteOfDay, minuteOfHour: minuteOfDay % 60 };
}

/** "14:23" of a minute of the day. */
export const clockText = ({ openHour, minuteOfHour }: BusinessClock): string =>
  `${openHour.slice(8)}:${String(minuteOfHour).padStart(2, "0")}`;

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS);

/** The business zone's dates and hours. */
export function useBusinessTime(): BusinessTime {
  const zone = useTimeZone() ?? "Asia/Shanghai";
  return useMemo(() => new BusinessTime(zone), [zone]);
}

/**
 * The minute at which everything on the screen holds: that of the server's clock, or the one at which a screen that is paused or offline
 * stays (rule C14). The first paint is the same on both sides.
 */
export function useBusinessClock(time: BusinessTime): BusinessClock {
  const minute = useFromFreshness(({ instant }) => minuteOf(instant), minuteOf);
  return useMemo(() => clockAt(minute * MINUTE_MS, time), [minute, time]);
}
