import { createLog, type Log } from "#server/lib/log.ts";
import { type Waiting, whileStarting } from "#server/lib/start-lock.ts";
import { postgresFolder } from "./binaries.ts";
import { databaseFolder, ownerOfFolder, prepareDatabaseFolder } from "./data-folder.ts";
import { Keeping } from "./keeping.ts";
import { runningServer } from "./launch.ts";
import { Membership } from "./membership.ts";
import type { Launch } from "./postmaster.ts";
import { type RolePasswords, rolePasswords } from "./role-passwords.ts";
import { type RoleUrls, settleRoles, urlsOf } from "./roles.ts";
import { chooseRunAs } from "./run-as.ts";

/** A running embedded server. */
export interface EmbeddedPostgres extends RoleUrls {
  /** Process id of the postmaster when it was started or joined. */
  readonly pid: number;
  /** Of its files. */
  readonly folder: string;
  /** Has no more to do with the server, as if this process had died; it goes on. */
  leave(): Promise<void>;
  /** Stops the server if nobody else works with it; else another process keeps it from now on. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions extends Waiting {
  /** Hears when the server has ended and is back, and when this process becomes its keeper. */
  readonly log?: Log | undefined;
}

export const SHARED_ROOT = "/var/lib/tidewatch";
/** For those who only want a database. */
const SILENT: Log = createLog("silent");

/**
 * Starts the embedded PostgreSQL under `dataDir`, or joins the one that runs there. Any number of processes may do so at once, on
 * a folder that does not exist as well: one makes it ready, the others wait and join. One of them keeps the server: it starts
 * one that ends under its hands again, on the same port, for as long as it takes (one whose disk is full ends by itself). When
 * the keeper ends, however, another takes over; who leaves last stops the server.
 * @throws {AppError} in one sentence when the folder or PostgreSQL cannot be used; the signal's reason when it comes
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  return whileStarting(dataDir, options, async () => {
    const { how, passwords } = await prepare(dataDir, options.signal);
    const membership = await Membership.join(dataDir, how.folder, options.signal);
    try {
      return await startAsMember(how, passwords, membership, options);
    } catch (error) {
      await membership.leave(true);
      throw error;
    }
  });
}

/** Everything that a server needs and that outlives it. */
async function prepare(
  dataDir: string,
  signal: AbortSignal | undefined,
): Promise<{ how: Launch; passwords: RolePasswords }> {
  const deputy = chooseRunAs();
  const passwords = await rolePasswords(dataDir);
  const folder = databaseFolder(dataDir, deputy, SHARED_ROOT);
  const runAs = await ownerOfFolder(folder, deputy);
  const binaries = await postgresFolder(runAs, SHARED_ROOT, signal);
  await prepareDatabaseFolder({ dataDir, folder, binaries, runAs, passwords, signal });
  return { how: { dataDir, binaries, folder, runAs, password: passwords.app }, passwords };
}

async function startAsMember(
  how: Launch,
  passwords: RolePasswords,
  membership: Membership,
  { signal, log = SILENT }: EmbeddedOptions,
): Promise<EmbeddedPostgres> {
  const server = await runningServer(how, signal);
  await settleRoles(passwords, server.port);
  signal?.throwIfAborted();
  const keeping = await Keeping.begin(server, how, log);
  return {
    ...urlsOf(passwords, server.port),
    folder: how.folder,
    pid: server.pid,
    leave: async () => {
      await keeping.end();
      keeping.abandon();
      membership.abandon();
    },
    stop: async () => {
      await keeping.end();
      const goesOn = await membership.leave();
      await keeping.handOver();
      if (goesOn) log.info("the embedded PostgreSQL goes on: another process works with it");
    },
  };
}
