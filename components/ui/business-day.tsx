"use client";
import { useFormatter, useTimeZone } from "use-intl";
import styles from "./page-frame.module.css";
import { useNow } from "./use-now.ts";

const CHECK_MS = 10_000;

/** The business date that runs now, and the zone in which it does (rule C1). Keeps its room until the clock is known. */
export function BusinessDay() {
  const format = useFormatter();
  const zone = useTimeZone();
  const now = useNow(CHECK_MS);
  return (
    <span className={styles.day}>
      {now === null
        ? null
        : format.dateTime(new Date(now), { weekday: "short", month: "short", day: "numeric" })}
      <span className={styles.zone}>{zone}</span>
    </span>
  );
}
