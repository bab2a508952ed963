import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { AppError } from "../../lib/errors.ts";
import { postgresFolder } from "./binaries.ts";
import { databasePassword, preparedDataFolder } from "./data-folder.ts";
import { chooseRunAs, type RunAs } from "./run-as.ts";

/** A running embedded server. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** Stops the server if this process is its keeper; a server kept by another process goes on. */
  stop(): Promise<void>;
}

const SHARED_ROOT = "/var/lib/tidewatch";
const START_TIMEOUT_MS = 60_000;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * Starts the embedded PostgreSQL under `dataDir`, or joins the one that already runs there: after a crash of its
 * keeper (then we keep it from now on) or beside a living keeper (then we are a guest).
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true });
  const runAs = chooseRunAs();
  const password = await databasePassword(dataDir);
  const binaries = await postgresFolder(runAs, SHARED_ROOT);
  const folder = await preparedDataFolder({ dataDir, binaries, runAs, sharedRoot: SHARED_ROOT, password });
  const keeperFile = join(dataDir, "postgres.keeper");

  const running = await findRunning(folder, password);
  const keeper = Number(await readFile(keeperFile, "utf8").catch(() => "0"));
  const isGuest = running !== undefined && keeper !== process.pid && isAlive(keeper);
  const server = running ?? (await launch({ dataDir, binaries, folder, runAs, password }));
  if (!isGuest) await writeFile(keeperFile, String(process.pid));
  await createDatabase(adminUrl(password, server.port));
  return {
    url: `postgresql://tidewatch:${password}@127.0.0.1:${server.port}/tidewatch`,
    pid: server.pid,
    stop: async () => {
      if (isGuest) return;
      await stopPostmaster(server.pid);
      await rm(keeperFile, { force: true });
    },
  };
}

const adminUrl = (password: string, port: number) =>
  `postgresql://tidewatch:${password}@127.0.0.1:${port}/postgres`;

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function answers(url: string): Promise<boolean> {
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

/** Reads postmaster.pid; removes it when it is left over from a crash and its process id belongs to somebody else. */
async function findRunning(folder: string, password: string) {
  const path = join(folder, "postmaster.pid");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (!text) return undefined;
  const lines = text.split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!isAlive(pid)) return undefined; // PostgreSQL itself replaces the file then
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (isAlive(pid) && (await isPostgres(pid)) && Date.now() < deadline) {
    if (port && (await answers(adminUrl(password, port)))) return { pid, port };
    await pause(100); // starting, recovering or shutting down
  }
  if (isAlive(pid) && (await isPostgres(pid))) {
    throw new AppError(
      "postgres_not_answering",
      500,
      `The embedded PostgreSQL (process ${pid}) runs but does not answer on port ${port}. Stop that process and start again.`,
    );
  }
  await rm(path, { force: true });
  return undefined;
}

/** Process ids are reused: is that process PostgreSQL? Where /proc is missing, assume so. */
async function isPostgres(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return command === undefined ? process.platform !== "linux" : command.includes("postgres");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

interface LaunchOptions {
  dataDir: string;
  binaries: string;
  folder: string;
  runAs: RunAs | undefined;
  password: string;
}

/** Another process may take the free port before PostgreSQL does: try a few. */
async function launch(options: LaunchOptions): Promise<{ pid: number; port: number }> {
  let said = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const logFile = join(options.dataDir, "postgres.log");
    const child = spawnPostgres(options, port, logFile);
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (child.exitCode === null && child.pid !== undefined && Date.now() < deadline) {
      if (await answers(adminUrl(options.password, port))) return { pid: child.pid, port };
      await pause(50);
    }
    const log = await readFile(logFile, "utf8").catch(() => "");
    said = log.trim().split("\n").slice(-5).join("\n");
    if (child.exitCode === null) child.kill("SIGINT");
  }
  throw new AppError("postgres_did_not_start", 500, `The embedded PostgreSQL did not start:\n${said}`);
}

/** In a process group of its own, so that Ctrl-C reaches us first and we stop it in order. */
function spawnPostgres(options: LaunchOptions, port: number, logFile: string): ChildProcess {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(logFile, "a");
  const child = spawn(
    join(options.binaries, "bin", "postgres"),
    ["-D", options.folder, "-p", String(port), ...settings],
    { stdio: ["ignore", log, log], detached: true, cwd: "/", ...options.runAs },
  );
  closeSync(log);
  child.on("error", () => undefined); // seen by launch as a missing pid
  child.unref();
  return child;
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'tidewatch'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE tidewatch");
  } finally {
    await client.end();
  }
}

/** Fast shutdown: open transactions are rolled back, files are left clean. */
async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 8_000;
  while (isAlive(pid) && Date.now() < deadline) await pause(20);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT"); // replayed from the write-ahead log at the next start
}
