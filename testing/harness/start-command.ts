import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { commandOf } from "#server/db/embedded/process-folder.ts";

/** The start command itself, as people run it, in a process of its own. */
export interface StartCommand {
  readonly process: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** Exit code, or the signal that ended it, once all that it printed is read. */
  readonly ended: Promise<number | string>;
}

interface HowToStart {
  readonly environment?: Readonly<Record<string, string>>;
  /** Another user's number. */
  readonly uid?: number;
  /** Further arguments of Node. */
  readonly command?: readonly string[];
}

const START = ["scripts/run.mjs", "start"];

export function startCommand(
  dataDir: string,
  { environment, uid, command = START }: HowToStart = {},
): StartCommand {
  const child = spawn(process.execPath, command, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0", ...environment },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => printed.push(String(part)));
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "nothing"));
  });
  return { process: child, output: () => printed.join(""), ended };
}

const READY_MS = 120_000;

/** @returns the address that it serves */
export async function readyAt({ output, ended }: StartCommand): Promise<string> {
  const find = () =>
    output()
      .split("\n")
      .find((line) => line.includes('"msg":"ready"'));
  const ready = vi.waitUntil(find, { timeout: READY_MS, interval: 50 });
  const early = ended.then((code) => {
    if (find() === undefined) throw new Error(`it ended with ${code} before it was ready:\n${output()}`);
  });
  await Promise.race([ready, early]);
  return (JSON.parse(find() ?? "{}") as { address: string }).address;
}

export async function stopCommand(started: StartCommand): Promise<void> {
  started.process.kill("SIGTERM");
  expect(await started.ended, started.output()).toBe(0);
}

/** A folder in which each test finds a DATA_DIR that does not exist yet. */
export async function emptyPlace(name: string): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), `tidewatch-${name}-`));
  await chmod(place, 0o755);
  return place;
}

/** What a start leaves behind only when it ends in the middle; a stop that was asked for is no such end. */
export function halfMade(dataDir: string): string[] {
  const names = (() => {
    try {
      return readdirSync(dataDir);
    } catch {
      return [];
    }
  })();
  return names.filter((name) => /\.new$|init-password|^\.probe/.test(name));
}

/** Command lines of the living processes that work in a folder. */
export function processesIn(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && !isDead(name))
    .map((pid) => (commandOf(Number(pid)) ?? []).join(" "))
    .filter((line) => line.includes(folder));
}

const isDead = (pid: string): boolean => {
  try {
    return / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
};

/** Lines of an error or a stack trace. */
export const complaints = (output: string): string[] =>
  output.split("\n").filter((line) => /"level":(50|60)|^\s+at |Error\b|Unhandled/.test(line));
