"use client";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type Freshness, freshnessOf } from "./freshness.ts";
import styles from "./freshness-badge.module.css";
import { useLive, useLiveClient } from "./live-provider.tsx";

const TICK_MS = 1_000;

/** What is said of the connection and of the data's age now; says so anew each second. */
export function useFreshness(): Freshness {
  const live = useLive();
  const client = useLiveClient();
  const [now, setNow] = useState(client.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(client.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [client]);
  return freshnessOf(live, Math.max(now, live.freshAt ?? 0));
}

/** The data of a page, whose age is another thing than the connection's. */
export interface DataAge {
  /** Time of the newest event that is shown, ms; null: none yet. */
  readonly newestAt: number | null;
  /** Older than this is unusual at this hour, ms; null: not known yet. */
  readonly usualMs: number | null;
}

interface FreshnessBadgeProps {
  /** Up to when the data is complete, where a page knows it; null while such a page does not know yet. */
  readonly detail?: string | null | undefined;
  /** Where a page knows it: the age of its data. That of the connection is no figure for people; "Live" says it. */
  readonly data?: DataAge | undefined;
}

/** State of the connection, age of the data, pause and resume. */
export function FreshnessBadge({ detail, data }: FreshnessBadgeProps) {
  const t = useTranslations("live");
  const client = useLiveClient();
  const freshness = useFreshness();
  const isPaused = freshness.label === "paused";
  const words = useWords(freshness, data);
  const isLive = freshness.label === "live";
  return (
    <div className={styles.badge}>
      <output className={styles.words} data-detailed={detail !== undefined || undefined} aria-live="off">
        <span className={styles.dot} data-figure data-tone={freshness.tone} aria-hidden="true" />
        <strong suppressHydrationWarning>{t(freshness.label)}</strong>
        {/* New words are a new element: what comes behind a longer word has not moved, it has been written anew. */}
        <span key={freshness.label} className={styles.detail} suppressHydrationWarning>
          <span
            data-quiet={(isLive && isQuiet(freshness, data)) || undefined}
            className={styles.age}
            suppressHydrationWarning
          >
            {words}
          </span>
          {detail && isLive ? (
            <span key={words} className={styles.complete}>
              {words ? " · " : ""}
              {detail}
            </span>
          ) : null}
        </span>
      </output>
      <Button
        variant="default"
        size="xs"
        className={styles.pause}
        title={isPaused ? t("reloadResumes") : undefined}
        onClick={() => (isPaused ? client.resume() : client.pause())}
      >
        {isPaused ? t("resume") : t("pause")}
      </Button>
    </div>
  );
}

/** While the connection is well: nothing has come for longer than is usual. */
const isQuiet = ({ instant }: Freshness, data: DataAge | undefined): boolean =>
  data?.usualMs != null && data.newestAt !== null && instant - data.newestAt > data.usualMs;

/** What stands behind the state: since when it stands still, what waits, or how old the data is. */
function useWords(freshness: Freshness, data: DataAge | undefined): string {
  const t = useTranslations("live");
  const format = useFormatter();
  const { waiting } = useLive();
  const { label, instant, caughtUp, ageMs, isStale } = freshness;
  const time = () => format.dateTime(new Date(instant), CLOCK);
  const ageWords = useAgeWords();
  if (label === "paused") return t("pausedSince", { time: time(), count: waiting });
  if (label === "offline" || label === "reconnecting" || isStale)
    return ageMs === null ? "" : t("since", { time: time() });
  if (caughtUp !== null) return t("caughtUp", { count: caughtUp });
  if (!data) return "";
  return data.newestAt === null ? t("noData") : ageWords(Math.max(0, instant - data.newestAt));
}

function useAgeWords(): (ageMs: number) => string {
  const t = useTranslations("live");
  return (ageMs) => {
    if (ageMs >= 3_600_000) return t("ageHours", { hours: Math.floor(ageMs / 3_600_000) });
    if (ageMs >= 60_000) return t("ageMinutes", { minutes: Math.floor(ageMs / 60_000) });
    return t("age", { seconds: (ageMs / 1000).toFixed(ageMs < 9_950 ? 1 : 0) });
  };
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
