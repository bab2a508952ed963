import { readConfig } from "./config/config.ts";
import { AppError } from "./lib/errors.ts";
import { createLog } from "./lib/log.ts";
import { Shutdown } from "./lib/shutdown.ts";
import { countBuffersWithHeap } from "./system/count-buffers.ts";
import { startSystem } from "./system/start-system.ts";

/** Longest that a clean stop may take; then the process ends anyway and the log brings the state back. */
const STOP_DEADLINE_MS = 10_000;

async function main(): Promise<void> {
  countBuffersWithHeap();
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL);
  const shutdown = new Shutdown(log);
  const stop = async (code: number) => {
    setTimeout(() => process.exit(code), STOP_DEADLINE_MS).unref();
    await shutdown.run();
    process.exit(code);
  };
  let stopping = false;
  // disconnect: who started us has died, so nobody is left to send a signal.
  for (const reason of ["SIGTERM", "SIGINT", "SIGHUP", "disconnect"] as const) {
    process.on(reason, () => {
      if (stopping) return;
      stopping = true;
      log.info({ reason }, "stopping");
      void stop(0);
    });
  }
  try {
    const address = await startSystem({ config, log, shutdown, dev: process.argv.includes("--dev") });
    log.info({ address }, "ready");
    process.send?.({ ready: address });
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

main().catch((error: unknown) => {
  const known = error instanceof AppError || (error instanceof Error && error.name === "ConfigError");
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});
