import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";

/**
 * Whether a living process is a PostgreSQL that serves this folder: process ids are used again, by another PostgreSQL as
 * well. Where that cannot be told, it counts as one: taking a living server for dead would be worse than waiting for it.
 */
export function servesFolder(pid: number, folder: string): boolean {
  if (process.platform === "win32") return true;
  const command = commandOf(pid);
  if (command === null) return true;
  if (!/postgres|postmaster/.test(command[0] ?? "")) return false;
  const named = namedFolder(command);
  const place = named ?? workingFolder(pid);
  return place === null || realPath(place) === realPath(folder);
}

/** Words of its command line; null: it may not be looked at. An empty list: it has ended but for its parent's notice. */
export function commandOf(pid: number): readonly string[] | null {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    } catch {
      return null;
    }
  }
  const { status, stdout } = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 ? wordsOf(stdout.trim()) : null;
}

/** `ps` tells no borders between words: a folder's name may hold blanks, and ends before the next option. */
export function wordsOf(line: string): readonly string[] {
  const [command = "", ...options] = line.split(/ (?=-)/);
  return [command, ...options.flatMap((option) => /^(-D) (.*)$/.exec(option)?.slice(1) ?? [option])];
}

/** The folder after -D, as our servers and PostgreSQL's own tools start them. */
function namedFolder(command: readonly string[]): string | null {
  const at = command.indexOf("-D");
  if (at >= 0) return command[at + 1] ?? null;
  for (const word of command) {
    if (word.startsWith("-D")) return word.slice(2);
    if (word.startsWith("--pgdata=")) return word.slice("--pgdata=".length);
  }
  return null;
}

/** A server works in its folder. */
function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
