import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Names this process so that a successor on the same machine can tell that it has died:
 * `host:pid:token:place:start`. Containers may share a host name, and pids with it; a pid means one process only within its
 * place, and only with the time at which it was started.
 */
export function holderName(): string {
  const token = crypto.randomUUID().slice(0, 8);
  return [hostname(), process.pid, token, PLACE, startOf(process.pid) ?? ""].join(":");
}

/** Certainly dead; false where that cannot be told. */
export function isDeadNeighbour(holder: string): boolean {
  const [host, pid, , place, start] = holder.split(":");
  if (PLACE === "" || place !== PLACE || host !== hostname() || !pid || !start) return false;
  const present = startOf(Number(pid));
  return present === null ? !isAlive(Number(pid)) : present !== start;
}

/** Machine, boot and namespaces within which a pid and its start time belong to one process; empty: cannot be told. */
const PLACE = placeOfPids();

function placeOfPids(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    const namespaces = ["pid", "time"].map((kind) => readlinkSync(`/proc/self/ns/${kind}`));
    return createHash("sha256")
      .update([boot, ...namespaces].join())
      .digest("hex")
      .slice(0, 12);
  } catch {
    return "";
  }
}

/** Clock ticks between boot and the start of a process; null: there is none, or it may not be looked at. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command in parentheses may hold spaces; start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
