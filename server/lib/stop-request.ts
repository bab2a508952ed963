/** What asks a process to stop. */
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
export type StopReason = (typeof SIGNALS)[number] | "disconnect";

/**
 * One press of Ctrl-C comes twice, from the terminal and from the command that started us: only what comes later than this, ms,
 * is a second one.
 */
const SAME_MS = 500;

/**
 * Asks for a stop once, at any instant of the process's life, its start included; a second signal ends the process at once.
 * @param onAsked hears why, before anybody else does
 */
export function stopRequest(onAsked: (reason: StopReason) => void = () => undefined): AbortSignal {
  const asked = new AbortController();
  let since = 0;
  const ask = (reason: StopReason) => {
    if (asked.signal.aborted) return;
    since = performance.now();
    onAsked(reason);
    asked.abort();
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (asked.signal.aborted && performance.now() - since > SAME_MS) process.exit(1);
      ask(signal);
    });
  }
  // Who started us has died, so nobody is left to send a signal.
  process.on("disconnect", () => ask("disconnect"));
  return asked.signal;
}
