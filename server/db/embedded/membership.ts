import { join } from "node:path";
import { type FileLock, lock, share, tryLock } from "#server/lib/file-lock.ts";
import { startLockOf } from "#server/lib/start-lock.ts";
import { stopPostmaster } from "./launch.ts";
import { livingServer } from "./pid-file.ts";

/** Longest wait for a start that is under way, ms: it has joined by then, and the server is its to stop. */
const START_MS = 5_000;
/** How long a process that ends may stand still to see whether it is the last one, ms. */
const LAST_LOOK_MS = 500;

const membersOf = (dataDir: string): string => join(dataDir, "members.lock");

/**
 * A process's share in the server of a folder. Whoever leaves last stops the server: neither a living one loses it, nor is it
 * left behind. A process that is killed is no member any more, as its lock ends with it.
 */
export class Membership {
  readonly #dataDir: string;
  readonly #folder: string;
  #share: FileLock | null;

  private constructor(dataDir: string, folder: string, held: FileLock) {
    this.#dataDir = dataDir;
    this.#folder = folder;
    this.#share = held;
    process.once("exit", this.#atExit);
  }

  /** The caller holds the folder's start lock. */
  static async join(dataDir: string, folder: string, signal?: AbortSignal): Promise<Membership> {
    return new Membership(dataDir, folder, await share(membersOf(dataDir), signal));
  }

  /** Leaves the server to whoever comes, as a process that is killed does. */
  abandon(): void {
    process.off("exit", this.#atExit);
    this.#share?.release();
    this.#share = null;
  }

  /**
   * Leaves, and stops the server when nobody else works with it.
   * @param isStarting the caller holds the start lock already
   * @returns whether the server goes on for others
   */
  async leave(isStarting = false): Promise<boolean> {
    if (!this.#share) return false;
    // One after the other: two that leave at once would each see the other.
    const turn = isStarting ? null : await this.#turn();
    try {
      const alone = this.#leaveForOne(0);
      if (!alone) return true;
      const pid = livingServer(this.#folder);
      if (pid !== null) await stopPostmaster(pid);
      alone.release();
      return false;
    } finally {
      turn?.release();
    }
  }

  #turn(): Promise<FileLock | null> {
    return lock(startLockOf(this.#dataDir), AbortSignal.timeout(START_MS)).catch(() => null);
  }

  #leaveForOne(patienceMs: number): FileLock | null {
    this.abandon();
    return tryLock(membersOf(this.#dataDir), patienceMs);
  }

  /** The process ends in another way than by its own stop: PostgreSQL finishes without us. */
  readonly #atExit = (): void => {
    try {
      const turn = tryLock(startLockOf(this.#dataDir), LAST_LOOK_MS);
      if (this.#leaveForOne(turn ? 0 : LAST_LOOK_MS)) {
        const pid = livingServer(this.#folder);
        if (pid !== null) process.kill(pid, "SIGINT");
      }
    } catch {
      // The folder is gone; so is its server, soon.
    }
  };
}
