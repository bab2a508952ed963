import { writeSync } from "node:fs";

const STDERR = 2;

/** Places around a commit at which a test may let the process die. */
export const FAULT_POINTS = [
  "lease-taken",
  "before-begin",
  "after-begin",
  "after-log",
  "before-commit",
  "after-commit",
  "before-answer",
  "in-flush",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Tells that execution has come to a place. */
export type AtFaultPoint = (point: FaultPoint) => void;

/** What everybody runs with: nothing happens anywhere. */
export const NO_FAULTS: AtFaultPoint = () => undefined;

/** What a process writes when it dies at a fault point. */
export const dyingAt = (point: FaultPoint): string => `dying at ${point}`;

/**
 * Lets this process die as if the power had failed, the n-th time that it comes to a place.
 * @param at the place and the n, `after-log:3`; unset: never
 */
export function faultPoints(at: string | undefined): AtFaultPoint {
  if (at === undefined) return NO_FAULTS;
  const [point, times = "1"] = at.split(":");
  let left = Number(times);
  return (reached) => {
    if (reached !== point) return;
    left -= 1;
    if (left !== 0) return;
    writeSync(STDERR, `${dyingAt(reached)}\n`); // at once: nothing comes after it
    process.kill(process.pid, "SIGKILL");
  };
}
