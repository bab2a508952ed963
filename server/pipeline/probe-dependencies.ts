import type { Context, LiveStatus } from "../context.ts";
import type { Log } from "../lib/log.ts";

/** What the probes and the metrics tell of. */
export interface ProbeDependencies {
  readonly pool: Context["pool"];
  /** Of this process; `takes`: events that come here are taken, by it or by the node that is the writer. */
  readonly writer: Context["writer"] & { takes(): Promise<boolean> };
  readonly live: LiveStatus;
  /** When the outbox was last processed, ms. */
  readonly notifier: { lastPassAt(): number | null };
  /** Whether these headers carry a key that may read figures. */
  readonly mayRead: (headers: Headers) => Promise<boolean>;
  /** METRICS_OPEN: figures are for everybody. */
  readonly isOpen: boolean;
  readonly log: Log;
}
