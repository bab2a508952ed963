import type { Log } from "../lib/log.ts";
import { requestOutside } from "./request.ts";

const RHYTHM_MS = 60_000;
const TIMEOUT_MS = 10_000;

export interface HeartbeatOptions {
  readonly url: string;
  readonly allowPrivate: boolean;
  /** Whether alerts are found and sent. */
  readonly isWell: () => boolean;
  readonly log: Log;
  /** ms */
  readonly rhythmMs?: number;
}

/** Calls an outside monitor every minute while all is well; when the calls stop, the monitor raises the alarm. @returns its stop */
export function startHeartbeat({
  url,
  allowPrivate,
  isWell,
  log,
  rhythmMs = RHYTHM_MS,
}: HeartbeatOptions): () => void {
  const call = () => {
    if (!isWell()) return;
    requestOutside({ url, method: "GET", allowPrivate, timeoutMs: TIMEOUT_MS }).catch((error: Error) =>
      log.warn({ reason: error.message }, "the heartbeat was not taken"),
    );
  };
  const timer = setInterval(call, rhythmMs);
  return () => clearInterval(timer);
}
