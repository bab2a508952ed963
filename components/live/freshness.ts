import type { LiveSnapshot } from "./live-client.ts";

/** Data older than this is shown dimmed, ms. */
export const STALE_AFTER_MS = 10_000;
const CAUGHT_UP_SHOWN_MS = 8_000;

export interface Freshness {
  readonly tone: "good" | "waiting" | "bad" | "still";
  readonly label: "live" | "connecting" | "reconnecting" | "offline" | "signedOut" | "paused";
  /** Age of what is shown, ms; null before anything came. */
  readonly ageMs: number | null;
  readonly isStale: boolean;
  /** Patches that the last return brought, shown for a few seconds. */
  readonly caughtUp: number | null;
}

const TONES = {
  connecting: "waiting",
  live: "good",
  reconnecting: "waiting",
  offline: "bad",
  signedOut: "bad",
} as const;

/** Connection and data age are two things: what is said of each at `now`. */
export function freshnessOf({ connection, paused, freshAt, caughtUp }: LiveSnapshot, now: number): Freshness {
  const ageMs = freshAt === null ? null : Math.max(0, now - freshAt);
  const isRecent = caughtUp !== null && now - caughtUp.at < CAUGHT_UP_SHOWN_MS && caughtUp.patches > 0;
  return {
    tone: paused ? "still" : TONES[connection.name],
    label: paused ? "paused" : connection.name,
    ageMs,
    isStale: ageMs !== null && ageMs > STALE_AFTER_MS,
    caughtUp: isRecent ? caughtUp.patches : null,
  };
}
