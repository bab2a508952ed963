"use client";
import { useMemo, useSyncExternalStore } from "react";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { useLiveClient } from "../live/live-provider.tsx";

const MINUTE_MS = 60_000;
const CHECK_MS = 1_000;

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
const everySecond = (onChange: () => void) => {
  const timer = setInterval(onChange, CHECK_MS);
  return () => clearInterval(timer);
};

/** Moves on with each minute of the server's clock (rule C14); the first paint is the same on both sides. */
export function useBusinessClock(zone: string): BusinessClock {
  const client = useLiveClient();
  const time = useMemo(() => new BusinessTime(zone), [zone]);
  const minute = useSyncExternalStore(
    everySecond,
    () => minuteOf(client.now()),
    () => minuteOf(client.renderedAt),
  );
  return useMemo(() => clockAt(minute * MINUTE_MS, time), [minute, time]);
}
