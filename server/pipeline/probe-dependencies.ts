import type { Context, LiveStatus } from "../context.ts";
import type { Log } from "../lib/log.ts";

/** What the probes and the metrics tell of. */
export interface ProbeDependencies {
  readonly pool: Context["pool"];
  readonly writer: Context["writer"];
  readonly live: LiveStatus;
  /** When the outbox was last processed, ms. */
  readonly notifier: { lastPassAt(): number | null };
  /** Whether these headers carry a key that may read figures. */
  readonly mayRead: (headers: Headers) => Promise<boolean>;
  /** METRICS_OPEN: figures are for everybody. */
  readonly isOpen: boolean;
  readonly log: Log;
}
