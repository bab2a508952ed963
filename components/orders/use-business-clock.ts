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
  /** Whole minutes of the running day, and of the running hour. */
  readonly minuteOfDay: number;
  readonly minuteOfHour: number;
}

export function clockAt(now: number, time: BusinessTime): BusinessClock {
  const today = time.dateOf(now);
  const minuteOfDay = Math.floor((now - time.startOf(today)) / MINUTE_MS);
  return { today, openHour: time.hourOf(now), minuteOfDay, minuteOfHour: minuteOfDay % 60 };
}

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
