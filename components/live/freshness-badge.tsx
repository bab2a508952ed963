"use client";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
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

/**
 * State of the connection, age of the data, and, where a page knows it, up to when the data is complete: `detail` is null
 * while such a page does not know yet.
 */
export function FreshnessBadge({ detail }: { readonly detail?: string | null | undefined }) {
  const t = useTranslations("live");
  const client = useLiveClient();
  const freshness = useFreshness();
  const isPaused = freshness.label === "paused";
  const age = useAgeWords(freshness);
  return (
    <div className={styles.badge}>
      <output className={styles.words} data-detailed={detail !== undefined || undefined} aria-live="off">
        <span className={styles.dot} data-tone={freshness.tone} aria-hidden="true" />
        <strong suppressHydrationWarning>{t(freshness.label)}</strong>
        {/* New words are a new element: what comes behind a longer word has not moved, it has been written anew. */}
        <span key={freshness.label} className={styles.detail} suppressHydrationWarning>
          {age}
          {detail ? (
            <span key={age.length} className={styles.complete}>
              {age ? " · " : ""}
              {detail}
            </span>
          ) : null}
        </span>
      </output>
      <Button variant="default" size="xs" className={styles.pause} onClick={() => toggle(client, isPaused)}>
        {isPaused ? t("resume") : t("pause")}
      </Button>
    </div>
  );
}

function useAgeWords(freshness: Freshness): string {
  const t = useTranslations("live");
  if (freshness.caughtUp !== null) return t("caughtUp", { count: freshness.caughtUp });
  if (freshness.ageMs === null) return "";
  if (freshness.ageMs >= 60_000) return t("ageMinutes", { minutes: Math.floor(freshness.ageMs / 60_000) });
  return t("age", { seconds: (freshness.ageMs / 1000).toFixed(freshness.ageMs < 9_950 ? 1 : 0) });
}

function toggle(client: ReturnType<typeof useLiveClient>, isPaused: boolean): void {
  if (isPaused) client.resume();
  else client.pause();
}
