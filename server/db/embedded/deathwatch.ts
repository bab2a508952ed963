import { setTimeout as pause } from "node:timers/promises";
import { tryLock } from "#server/lib/file-lock.ts";
import type { Log } from "#server/lib/log.ts";
import { startLockOf } from "#server/lib/start-lock.ts";
import type { Running } from "./launch.ts";
import { livingServer } from "./pid-file.ts";
import { adminUrl, answers, isAlive, type Launch, spawnPostgres, wordsOf } from "./postmaster.ts";

/** Looks after a server that may end under our hands. */
export interface Deathwatch {
  end(): Promise<void>;
}

const LOOK_MS = 500;
const RETRY_MS = 2_000;

/**
 * Starts the server again, on the same port, whenever it has ended: PostgreSQL gives up when its disk is full, and again at
 * each start until there is room. Who works with it is told to come again meanwhile, as with any database that is away.
 */
export function watchOver(server: Running, how: Launch, log: Log): Deathwatch {
  const url = adminUrl(how.password, server.port);
  const ended = new AbortController();
  let pid = server.pid;

  const sleep = (ms: number) =>
    pause(ms, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);

  /** One attempt, unless a start is under way, which starts the server as well. */
  const revive = async (): Promise<boolean> => {
    const turn = tryLock(startLockOf(how.dataDir));
    if (!turn) return false;
    try {
      return await reviveInTurn();
    } finally {
      turn.release();
    }
  };

  /** Recovering what was written last may take as long as it takes. */
  const reviveInTurn = async (): Promise<boolean> => {
    const present = livingServer(how.folder);
    const child = present === null ? spawnPostgres(how, server.port) : null;
    const revived = present ?? child?.pid;
    if (revived === undefined) return false;
    pid = revived;
    while (!ended.signal.aborted && (child ? !hasEnded(child) : isAlive(pid))) {
      if (await answers(url)) return true;
      await sleep(100);
    }
    return false;
  };

  const watch = async () => {
    let deaths = 0;
    while (!ended.signal.aborted) {
      await sleep(deaths === 0 ? LOOK_MS : RETRY_MS);
      if (ended.signal.aborted || (deaths === 0 && isAlive(pid))) continue;
      // Said once: a full disk would fill the log as well.
      if (deaths === 0) {
        const said = await wordsOf(how);
        log.error({ said }, "the embedded PostgreSQL has ended and is started again; is its disk full?");
      }
      deaths += 1;
      if (!(await revive().catch(() => false))) continue;
      log.info({ attempts: deaths }, "the embedded PostgreSQL is back");
      deaths = 0;
    }
  };
  const watching = watch();
  return {
    end: async () => {
      ended.abort();
      await watching;
    },
  };
}

const hasEnded = (child: { readonly exitCode: number | null; readonly signalCode: string | null }): boolean =>
  child.exitCode !== null || child.signalCode !== null;
