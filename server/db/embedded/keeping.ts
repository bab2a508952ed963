import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type FileLock, tryLock } from "#server/lib/file-lock.ts";
import type { Log } from "#server/lib/log.ts";
import { type Deathwatch, watchOver } from "./deathwatch.ts";
import type { Running } from "./launch.ts";
import type { Launch } from "./postmaster.ts";

const ASK_AGAIN_MS = 500;

export const keeperLockOf = (dataDir: string): string => join(dataDir, "keeper.lock");
/** Tells people who keeps the database; the lock alone decides. */
export const keeperFileOf = (dataDir: string): string => join(dataDir, "postgres.keeper");

/**
 * Of all processes that work with a server one keeps it: starts it again when it ends. The others stand by, and one of them takes
 * over when the keeper has stopped or died.
 */
export class Keeping {
  readonly #server: Running;
  readonly #how: Launch;
  readonly #log: Log;
  readonly #ended = new AbortController();
  readonly #ready: Promise<void>;
  #lock: FileLock | null = null;
  #watch: Deathwatch | null = null;

  private constructor(server: Running, how: Launch, log: Log, isFirst: boolean) {
    this.#server = server;
    this.#how = how;
    this.#log = log;
    this.#ready = isFirst ? Promise.resolve() : this.#standBy();
  }

  static async begin(server: Running, how: Launch, log: Log): Promise<Keeping> {
    const held = tryLock(keeperLockOf(how.dataDir));
    const keeping = new Keeping(server, how, log, held !== null);
    if (held) await keeping.#keep(held);
    return keeping;
  }

  /** Keeps no more; the server goes on. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#ready;
    await this.#watch?.end();
  }

  /** Lets another one keep. */
  async handOver(): Promise<void> {
    if (!this.#lock) return;
    await rm(keeperFileOf(this.#how.dataDir), { force: true }).catch(() => undefined);
    this.#lock.release();
    this.#lock = null;
  }

  /** As a process that is killed does: nothing is tidied up. */
  abandon(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  async #keep(held: FileLock): Promise<void> {
    this.#lock = held;
    // Of use to people alone: a full disk must not keep anybody from keeping.
    const file = keeperFileOf(this.#how.dataDir);
    await writeFile(file, String(process.pid), { mode: 0o600 }).catch(() => undefined);
    this.#watch = watchOver(this.#server, this.#how, this.#log);
  }

  async #standBy(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await pause(ASK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const held = this.#tryLock();
      if (!held) continue;
      await this.#keep(held);
      this.#log.info("the process that kept the embedded PostgreSQL has ended; this one keeps it now");
      return;
    }
  }

  #tryLock(): FileLock | null {
    try {
      return tryLock(keeperLockOf(this.#how.dataDir));
    } catch {
      return null; // the disk may be repaired, the folder come back
    }
  }
}
