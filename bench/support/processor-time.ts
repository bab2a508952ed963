import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** CPU that processes have used, read from /proc; Linux alone has it. */
export const canReadProcessorTime = process.platform === "linux";

let ticks: number | undefined;
const ticksASecond = () => (ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })));

/** CPU seconds that a process has used itself, all its threads together. */
export function processorSeconds(pid: number): number {
  const { own } = statOf(pid);
  return own / ticksASecond();
}

/** CPU seconds of a process and of all its children, those that have ended included. */
export function familySeconds(pid: number): number {
  const { own, ended } = statOf(pid);
  let used = own + ended;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const child = statOf(Number(name));
      if (child.parent === pid) used += child.own;
    } catch {
      // It ended while we looked; its parent's count has it.
    }
  }
  return used / ticksASecond();
}

/** The fields behind the command's name, which may hold anything and ends with the last bracket. */
function statOf(pid: number) {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (index: number) => Number(fields[index]);
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}
