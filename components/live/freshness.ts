import type { LiveSnapshot } from "./live-client.ts";

/** What is shown is dimmed when the server has not been heard for so long, ms. */
export const STALE_AFTER_MS = 10_000;
const CAUGHT_UP_SHOWN_MS = 8_000;

export interface Freshness {
  readonly tone: "good" | "waiting" | "bad" | "still";
  readonly label: "live" | "connecting" | "reconnecting" | "offline" | "signedOut" | "paused";
  /** How long ago the server last said that we are up to date, ms; null before anything came. */
  readonly ageMs: number | null;
  /** What is shown is not of now: paused, offline, or too long without a word. */
  readonly isStale: boolean;
  /** The one instant at which everything shown holds, ms (rule C14). */
  readonly instant: number;
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
export function freshnessOf(snapshot: LiveSnapshot, now: number): Freshness {
  const { connection, pausedAt, freshAt, caughtUp } = snapshot;
  const ageMs = freshAt === null ? null : Math.max(0, now - freshAt);
  const isRecent = caughtUp !== null && now - caughtUp.at < CAUGHT_UP_SHOWN_MS && caughtUp.patches > 0;
  const isCut = connection.name === "offline" || (ageMs !== null && ageMs > STALE_AFTER_MS);
  return {
    tone: pausedAt === null ? TONES[connection.name] : "still",
    label: pausedAt === null ? connection.name : "paused",
    ageMs,
    isStale: pausedAt !== null || isCut,
    instant: pausedAt ?? (isCut || connection.name === "reconnecting" ? (freshAt ?? now) : now),
    caughtUp: isRecent ? caughtUp.patches : null,
  };
}
