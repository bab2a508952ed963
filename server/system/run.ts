import { once } from "node:events";
import { readConfig } from "../config/config.ts";
import { explainFailure } from "../lib/explain-failure.ts";
import { createLog, type Log } from "../lib/log.ts";
import { Shutdown } from "../lib/shutdown.ts";
import { CHANNELS } from "../notifications/channels.ts";
import { countBuffersWithHeap } from "./count-buffers.ts";
import { startSystem } from "./start-system.ts";

/** Longest that a clean stop may take; then the process ends anyway and the log brings the state back. */
const STOP_DEADLINE_MS = 10_000;

/**
 * The server's life.
 * @param signal asks for the stop, at any instant
 * @param reason of that, for the log
 * @returns the exit code: 0 when it was asked to stop, whenever that was; 1 when it could not start
 */
export async function run(signal: AbortSignal, reason: () => string): Promise<number> {
  let dataDir = "";
  let log: Log | undefined;
  const stopping = () => {
    log?.info({ reason: reason() }, "stopping");
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
  };
  signal.addEventListener("abort", stopping, { once: true });
  try {
    countBuffersWithHeap();
    const config = readConfig(CHANNELS);
    dataDir = config.DATA_DIR;
    log = createLog(config.LOG_LEVEL);
    const shutdown = new Shutdown(log, signal);
    try {
      signal.throwIfAborted();
      const address = await startSystem({ config, log, shutdown, dev: process.argv.includes("--dev") });
      log.info({ address }, "ready");
      process.send?.({ ready: address });
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await shutdown.run();
    }
    log.info("stopped");
    return 0;
  } catch (error) {
    // Whatever a start says that was told to go no further, nothing is wrong.
    if (signal.aborted) {
      log?.info("stopped");
      return 0;
    }
    console.error(explainFailure(error, dataDir));
    return 1;
  }
}
