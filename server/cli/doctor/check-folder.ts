import { readFile } from "node:fs/promises";
import type { Config } from "#server/config/config.ts";
import { databaseFolder } from "#server/db/embedded/data-folder.ts";
import { SHARED_ROOT } from "#server/db/embedded/embedded-postgres.ts";
import { keeperFileOf, keeperLockOf } from "#server/db/embedded/keeping.ts";
import { livingServer, readPidFile } from "#server/db/embedded/pid-file.ts";
import { isAlive } from "#server/db/embedded/postmaster.ts";
import { chooseRunAs } from "#server/db/embedded/run-as.ts";
import { makeDataDir, ownerOf } from "#server/lib/data-dir.ts";
import { tryLock } from "#server/lib/file-lock.ts";
import { startLockOf } from "#server/lib/start-lock.ts";
import { ourName } from "#server/lib/users.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

/** Whose DATA_DIR is, who works in it, and what the embedded server's pid file says. */
export async function checkFolder({ DATA_DIR, DATABASE_URL }: Config): Promise<Finding[]> {
  try {
    await makeDataDir(DATA_DIR);
    const folder = ok("folder", `${DATA_DIR} belongs to ${ownerOf(DATA_DIR).name}; we are ${ourName()}`);
    if (DATABASE_URL !== undefined) return [folder];
    return [folder, checkStart(DATA_DIR), await checkKeeper(DATA_DIR), await checkPidFile(DATA_DIR)];
  } catch (error) {
    const told = (error as Error).message;
    return [failure("folder", told, `Look at it with: ls -ld ${DATA_DIR}`)];
  }
}

function checkStart(dataDir: string): Finding {
  return isHeld(startLockOf(dataDir))
    ? warning("start", "a start is making the folder ready now", "Wait for it; this command does so as well.")
    : ok("start", "none is under way");
}

async function checkKeeper(dataDir: string): Promise<Finding> {
  if (!isHeld(keeperLockOf(dataDir))) return ok("keeper", "no process keeps the embedded PostgreSQL now");
  const pid = await readFile(keeperFileOf(dataDir), "utf8").catch(() => "of an unknown number");
  return ok("keeper", `process ${pid} keeps the embedded PostgreSQL`);
}

async function checkPidFile(dataDir: string): Promise<Finding> {
  const folder = databaseFolder(dataDir, chooseRunAs(), SHARED_ROOT);
  const file = await readPidFile(folder);
  if (!file) return ok("pid file", "none: the embedded PostgreSQL was stopped cleanly, or never ran");
  if (livingServer(folder) !== null) return ok("pid file", `names process ${file.pid}, which runs`);
  const whose = isAlive(file.pid) ? "which is somebody else's" : "which has died";
  const told = `is left over and names process ${file.pid}, ${whose}`;
  return warning("pid file", told, "Nothing to do: the next start removes it.");
}

/** Whether a process holds it this very moment. */
function isHeld(path: string): boolean {
  const free = tryLock(path);
  free?.release();
  return free === null;
}
