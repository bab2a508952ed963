import { accessSync, chmodSync, constants } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

const SQLITE_BUSY = 5;
const ASK_AGAIN_MS = 50;

/**
 * A lock of the operating system on a file: it ends with the process that holds it, however that dies, so none is ever
 * left over and nobody has to guess whose it was. Node has no call for such a lock, but the SQLite inside it takes one
 * on every system that Node runs on; the file itself stays empty. Nobody may open the file in any other way: POSIX lets
 * go of a process's locks when it closes any handle of the file.
 */
export interface FileLock {
  release(): void;
}

/**
 * Alone on the file; null when somebody else, of this process or another, holds it.
 * @param patienceMs how long this thread may stand still for it
 * @throws the error of the file system when the file cannot be written
 */
export function tryLock(path: string, patienceMs = 0): FileLock | null {
  return take(path, patienceMs, ["BEGIN EXCLUSIVE"]);
}

/** Beside others who share it; null when somebody holds it alone. */
function tryShare(path: string): FileLock | null {
  return take(path, 0, ["BEGIN", "SELECT count(*) FROM sqlite_schema"]);
}

/** Waits until the file can be had alone. */
export const lock = (path: string, signal?: AbortSignal): Promise<FileLock> =>
  obtain(() => tryLock(path), signal);

/** Waits until the file can be shared. */
export const share = (path: string, signal?: AbortSignal): Promise<FileLock> =>
  obtain(() => tryShare(path), signal);

async function obtain(attempt: () => FileLock | null, signal?: AbortSignal): Promise<FileLock> {
  for (;;) {
    signal?.throwIfAborted();
    const held = attempt();
    if (held) return held;
    await pause(ASK_AGAIN_MS, undefined, { signal });
  }
}

function take(path: string, patienceMs: number, statements: readonly string[]): FileLock | null {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { timeout: patienceMs });
    keepToOwner(path);
    file.exec("PRAGMA journal_mode = MEMORY"); // no second file
    for (const statement of statements) file.exec(statement);
  } catch (error) {
    file?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    accessSync(path, constants.W_OK); // the operating system's own words
    throw error;
  }
  const held = file;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}

/** Who may only read the file could hold it all the same. */
function keepToOwner(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Somebody else's file that we may write: it is theirs to close.
  }
}
