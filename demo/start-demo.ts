import { type ChildProcess, fork } from "node:child_process";
import type { Log } from "../server/lib/log.ts";
import type { DemoLine, DemoSettings } from "./settings.ts";

const RESTART_AFTER_MS = 5_000;
const KILL_AFTER_MS = 3_000;

/** A running simulator. */
export interface Demo {
  /** Resolves when its process has ended; it does not come back. */
  stop(): Promise<void>;
}

/** Starts the simulator in a process of its own, so that it takes nothing from the server's thread. */
export function startDemo(settings: DemoSettings, log: Log): Demo {
  let stopped = false;
  let child: ChildProcess;
  let restart: NodeJS.Timeout | undefined;
  const start = () => {
    child = fork(new URL("./run.ts", import.meta.url), { execArgv: [], serialization: "json" });
    child.on("message", ({ level, message }: DemoLine) => log[level](message));
    child.on("error", (error) => log.warn({ err: error }, "demo: the simulator's process failed"));
    child.once("exit", (code) => {
      if (stopped) return;
      log.warn({ code }, "demo: the simulator ended; it starts again in a moment");
      restart = setTimeout(start, RESTART_AFTER_MS);
    });
    child.send(settings);
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(restart);
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  await ended;
  clearTimeout(killer);
}
