import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inDataDir, makeDataDir } from "./data-dir.ts";
import { type FileLock, lock } from "./file-lock.ts";

/** Who makes or looks for anything in DATA_DIR holds this one, one start after the other. */
export const startLockOf = (dataDir: string): string => join(dataDir, "start.lock");

const SAY_AFTER_MS = 1_000;

export interface Waiting {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Hears a sentence when it takes long. */
  readonly tell?: ((sentence: string) => void) | undefined;
}

/**
 * Runs work that makes what is missing in DATA_DIR, while no other start does.
 * @throws {UnusableDataDir} when the folder cannot be written
 */
export async function whileStarting<T>(
  dataDir: string,
  waiting: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  await makeDataDir(dataDir);
  const held = await inDataDir(dataDir, () => obtain(dataDir, waiting));
  try {
    return await inDataDir(dataDir, work);
  } finally {
    held.release();
  }
}

async function obtain(dataDir: string, { signal, tell }: Waiting): Promise<FileLock> {
  const done = new AbortController();
  if (tell) {
    pause(SAY_AFTER_MS, undefined, { signal: done.signal, ref: false }).then(
      () => tell(`Another start is making ${dataDir} ready; waiting for it.`),
      () => undefined,
    );
  }
  return lock(startLockOf(dataDir), signal).finally(() => done.abort());
}
