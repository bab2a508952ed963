import { spawn } from "node:child_process";
import { isOutOfRoom, noRoom } from "#server/lib/data-dir.ts";
import { AppError } from "#server/lib/errors.ts";
import type { RunAs } from "./run-as.ts";

/** One of PostgreSQL's programs that does its work and ends. */
export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly runAs: RunAs | undefined;
  /** Read by it from its standard input. */
  readonly input: string;
  /** What it does, for the message when it cannot: "make its files". */
  readonly purpose: string;
  readonly dataDir: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs it to its end; when the signal comes, it is killed with all that it has started, and has ended when this rejects.
 * @returns what it said on stderr
 * @throws {AppError} in PostgreSQL's words when it fails
 */
export async function runProgram(program: Program): Promise<string> {
  const { path, args, runAs, input, purpose, dataDir, signal } = program;
  signal?.throwIfAborted();
  // In a process group of its own: Ctrl-C reaches us first, and the group can be ended as a whole.
  const child = spawn(path, args, { cwd: "/", detached: true, stdio: ["pipe", "ignore", "pipe"], ...runAs });
  const endAll = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  process.once("exit", endAll);
  signal?.addEventListener("abort", endAll, { once: true });
  child.stdin.on("error", () => undefined); // one that ends before it has read all says why on stderr
  child.stdin.end(input);
  let said = "";
  child.stderr.on("data", (part) => {
    said += String(part);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  }).finally(() => {
    process.off("exit", endAll);
    signal?.removeEventListener("abort", endAll);
  });
  signal?.throwIfAborted();
  if (code === 0 && !/\b(ERROR|FATAL|PANIC):/.test(said)) return said;
  throw failureOf(dataDir, `could not ${purpose}`, said);
}

/** What PostgreSQL could not do, in one sentence where the reason is the disk. */
export function failureOf(dataDir: string, told: string, said: string): AppError {
  if (/No space left on device|Disk quota exceeded/.test(said) || isOutOfRoom(dataDir))
    return noRoom(dataDir);
  return new AppError("postgres_failed", 500, `The embedded PostgreSQL ${told}: ${said.trim()}`);
}
