import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { RunAs } from "./run-as.ts";

/** What it takes to start the server. */
export interface Launch {
  readonly dataDir: string;
  /** Folder of PostgreSQL's programs. */
  readonly binaries: string;
  /** Folder of the database's files. */
  readonly folder: string;
  readonly runAs: RunAs | undefined;
  readonly password: string;
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** The database that every server has, by the application's role: to ask whether it answers. */
export const adminUrl = (password: string, port: number): string =>
  `postgresql://tidewatch:${password}@127.0.0.1:${port}/postgres`;

const logFile = (dataDir: string): string => join(dataDir, "postgres.log");

/** In a process group of its own, so that Ctrl-C reaches us first and we stop it in order. */
export function spawnPostgres(how: Launch, port: number): ChildProcess {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(logFile(how.dataDir), "a", 0o600);
  const child = spawn(
    join(how.binaries, "bin", "postgres"),
    ["-D", how.folder, "-p", String(port), ...settings],
    { stdio: ["ignore", log, log], detached: true, cwd: "/", ...how.runAs },
  );
  closeSync(log);
  child.on("error", () => undefined); // seen by the caller as a missing pid
  child.unref();
  return child;
}

/** What the server said last, a few lines. */
export async function wordsOf({ dataDir }: Launch): Promise<string> {
  const text = await readFile(logFile(dataDir), "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n");
}

export function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
