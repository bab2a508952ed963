import { writeSync } from "node:fs";

const STDERR = 2;

/** Places around a commit at which a test may let the process die. */
export const KILL_POINTS = [
  "lease-taken",
  "before-begin",
  "after-begin",
  "after-log",
  "before-commit",
  "after-commit",
  "before-answer",
  "in-flush",
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** Tells that execution has come to a place. */
export type Reach = (point: KillPoint) => void;

/** What everybody runs with: nothing happens anywhere. */
export const REACH_NOTHING: Reach = () => undefined;

/** The last words of a process that dies at a place. */
export const dyingAt = (point: KillPoint): string => `dying at ${point}`;

/**
 * Lets this process die as if the power had failed, the n-th time that it comes to a place.
 * @param at the place and the n, `after-log:3`; unset: never
 */
export function killPoints(at: string | undefined): Reach {
  if (at === undefined) return REACH_NOTHING;
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
