/** The simulator's own process: told its settings by its parent, ends with it. */
import { constants, setPriority } from "node:os";
import { demoSettings, type Say } from "./settings.ts";
import { simulate } from "./simulator.ts";

const say: Say = (line) => process.send?.(line);
const stop = new AbortController();

process.once("disconnect", () => process.exit(0));
process.once("SIGTERM", () => stop.abort());
// The terminal sends SIGINT to both; the parent decides when the simulator ends.
process.on("SIGINT", () => undefined);
process.once("message", (message) => {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  simulate(demoSettings.parse(message), say, stop.signal).catch((error: unknown) => {
    if (stop.signal.aborted) process.exit(0);
    say({ level: "warn", message: `demo: stopped: ${String(error)}` });
    process.exitCode = 1;
    process.disconnect?.();
  });
});
