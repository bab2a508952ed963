import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "#server/lib/errors.ts";
import { disownPidFile, livingServer, readPidFile } from "./pid-file.ts";
import { adminUrl, answers, isAlive, type Launch, spawnPostgres, wordsOf } from "./postmaster.ts";
import { failureOf } from "./program.ts";

/** A server that answers. */
export interface Running {
  readonly pid: number;
  readonly port: number;
}

const START_TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;
const ASK_AGAIN_MS = 50;

/**
 * The server of the folder: the one that runs there, however it came to, or a new one. The caller holds the folder's start lock.
 * @throws {AppError} when it does not answer, or cannot start, in PostgreSQL's words
 */
export async function runningServer(how: Launch, signal?: AbortSignal): Promise<Running> {
  return (await findRunning(how, signal)) ?? launch(how, signal);
}

async function findRunning(how: Launch, signal?: AbortSignal): Promise<Running | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const file = await readPidFile(how.folder);
    if (!file || !isAlive(file.pid)) return null; // PostgreSQL itself replaces the file then
    if (livingServer(how.folder) === null) {
      await disownPidFile(how.folder);
      return null;
    }
    if (file.port && (await answers(adminUrl(how.password, file.port)))) return file;
    await pause(ASK_AGAIN_MS, undefined, { signal }); // starting, recovering or shutting down
  }
  const file = await readPidFile(how.folder);
  throw new AppError(
    "postgres_not_answering",
    500,
    `The embedded PostgreSQL (process ${file?.pid}) runs but does not answer on port ${file?.port}. Stop that process and start again.`,
  );
}

/**
 * Another process may take the free port before PostgreSQL does: try a few. The port of before comes first: processes that
 * worked with a server that was killed still look for it there.
 */
async function launch(how: Launch, signal?: AbortSignal): Promise<Running> {
  const before = await readPidFile(how.folder);
  let said = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    signal?.throwIfAborted();
    const port = (attempt === 0 && (await freePort(before?.port ?? 0))) || (await freePort(0));
    if (port === null) break;
    const child = spawnPostgres(how, port);
    if (child.pid !== undefined && (await comesUp(child, how, port, signal))) return { pid: child.pid, port };
    said = await wordsOf(how);
    await end(child);
  }
  signal?.throwIfAborted();
  throw failureOf(how.dataDir, "did not start", said);
}

/** Whether it answers before it ends, time runs out or a stop is asked for. */
async function comesUp(
  child: ChildProcess,
  how: Launch,
  port: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (signal?.aborted) return false;
    if (await answers(adminUrl(how.password, port))) return true;
    await pause(ASK_AGAIN_MS);
  }
  return false;
}

/** A server that has not come up is not left behind. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.ref();
  child.kill("SIGQUIT");
  await exit;
}

/** @param wanted 0: any @returns null when it is taken */
async function freePort(wanted: number): Promise<number | null> {
  const probe = createServer();
  const port = await new Promise<number | null>((resolve) => {
    probe.once("error", () => resolve(null));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      resolve(typeof address === "object" ? (address?.port ?? null) : null);
    });
  });
  if (port !== null) await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Fast shutdown: open transactions are rolled back, files are left clean. */
export async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 8_000;
  while (isAlive(pid) && Date.now() < deadline) await pause(20);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT"); // replayed from the write-ahead log at the next start
}
