import type { Config } from "../config/config.ts";
import type { Log } from "../lib/log.ts";
import type { Shutdown } from "../lib/shutdown.ts";

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly shutdown: Shutdown;
  /** Next's development mode. */
  readonly dev: boolean;
}
