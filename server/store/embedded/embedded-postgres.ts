import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../../lib/errors.ts";
import { createLog, type Log } from "../../lib/log.ts";
import { postgresFolder } from "./binaries.ts";
import { databasePassword, preparedDataFolder } from "./data-folder.ts";
import { type Deathwatch, watchOver } from "./deathwatch.ts";
import { adminUrl, answers, isAlive, type Launch, spawnPostgres, wordsOf } from "./postmaster.ts";
import { rolePasswords } from "./role-passwords.ts";
import { type RoleUrls, settleRoles, urlsOf } from "./roles.ts";
import { chooseRunAs } from "./run-as.ts";

/** A running embedded server. */
export interface EmbeddedPostgres extends RoleUrls {
  /** Process id of the postmaster. */
  readonly pid: number;
  /** Looks after the server no more, as if this process had died; it goes on. */
  leave(): Promise<void>;
  /** Stops the server if this process is its keeper; a server kept by another process goes on. */
  stop(): Promise<void>;
}

const SHARED_ROOT = "/var/lib/tidewatch";
const START_TIMEOUT_MS = 60_000;
/** For those who only want a database. */
const SILENT: Log = createLog("silent");

/**
 * Starts the embedded PostgreSQL under `dataDir`, or joins the one that already runs there: after a crash of its
 * keeper (then we keep it from now on) or beside a living keeper (then we are a guest). A keeper starts a server that ends
 * under its hands again, on the same port, for as long as it takes: one whose disk is full ends by itself.
 * @param log hears of such deaths
 */
export async function startEmbeddedPostgres(dataDir: string, log: Log = SILENT): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true });
  const runAs = chooseRunAs();
  const password = await databasePassword(dataDir);
  const passwords = await rolePasswords(dataDir, password);
  const binaries = await postgresFolder(runAs, SHARED_ROOT);
  const folder = await preparedDataFolder({ dataDir, binaries, runAs, sharedRoot: SHARED_ROOT, passwords });
  const keeperFile = join(dataDir, "postgres.keeper");

  const running = await findRunning(folder, password);
  const keeper = Number(await readFile(keeperFile, "utf8").catch(() => "0"));
  const isGuest = running !== undefined && keeper !== process.pid && isAlive(keeper);
  const how: Launch = { dataDir, binaries, folder, runAs, password };
  const server = running ?? (await launch(how));
  if (!isGuest) await writeFile(keeperFile, String(process.pid));
  await settleRoles(passwords, server.port).catch(async (error: unknown) => {
    if (!running) await stopPostmaster(server.pid);
    throw error;
  });
  const watch: Deathwatch | null = isGuest ? null : watchOver(server, how, log);
  return {
    ...urlsOf(passwords, server.port),
    pid: server.pid,
    leave: async () => {
      await watch?.end();
    },
    stop: async () => {
      if (!watch) return;
      await stopPostmaster(await watch.end());
      await rm(keeperFile, { force: true });
    },
  };
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

/** Another process may take the free port before PostgreSQL does: try a few. */
async function launch(how: Launch): Promise<{ pid: number; port: number }> {
  let said = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const child = spawnPostgres(how, port);
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (child.exitCode === null && child.pid !== undefined && Date.now() < deadline) {
      if (await answers(adminUrl(how.password, port))) return { pid: child.pid, port };
      await pause(50);
    }
    said = await wordsOf(how);
    if (child.exitCode === null) child.kill("SIGINT");
  }
  throw new AppError("postgres_did_not_start", 500, `The embedded PostgreSQL did not start:\n${said}`);
}

/** Fast shutdown: open transactions are rolled back, files are left clean. */
async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 8_000;
  while (isAlive(pid) && Date.now() < deadline) await pause(20);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT"); // replayed from the write-ahead log at the next start
}
