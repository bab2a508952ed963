import { access } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import type { Config } from "../config/config.ts";
import { databaseFolder } from "../db/embedded/data-folder.ts";
import { SHARED_ROOT } from "../db/embedded/embedded-postgres.ts";
import { chooseRunAs } from "../db/embedded/run-as.ts";
import { inDataDir } from "../lib/data-dir.ts";
import { AppError } from "../lib/errors.ts";
import { tryLock } from "../lib/file-lock.ts";
import { startLockOf } from "../lib/start-lock.ts";

type SnapshotPosition = Pick<Config, "DATA_DIR" | "DATABASE_URL">;

/** There is nothing to work with: most often the folder, or the address, is mistyped. */
const nothingIn = (where: string, advice: string): AppError =>
  new AppError("no_system", 500, `There is no Tidewatch in ${where}: ${advice}`);

/**
 * Looks whether DATA_DIR holds a system, and changes nothing there. With DATABASE_URL the folder is not asked.
 * @param mayFound whether the command may make one; then it is told where
 * @throws {AppError} there is none, and the command is not one that makes it
 */
export async function requireFolder(
  { DATA_DIR, DATABASE_URL }: SnapshotPosition,
  mayFound: boolean,
  tell: (sentence: string) => void,
): Promise<void> {
  if (DATABASE_URL !== undefined || (await inDataDir(DATA_DIR, () => holdsSystem(DATA_DIR)))) return;
  if (mayFound) return tell(`There is no Tidewatch in ${DATA_DIR} yet: this command makes one there.`);
  throw nothingIn(
    DATA_DIR,
    "set DATA_DIR to the folder of the system that you mean. To make a new one: npm start.",
  );
}

/** A start that is under way counts: it is waited for. */
async function holdsSystem(dataDir: string): Promise<boolean> {
  const folder = databaseFolder(dataDir, chooseRunAs(), SHARED_ROOT);
  if (await isThere(join(folder, "PG_VERSION"))) return true;
  const path = startLockOf(dataDir);
  if (!(await isThere(path))) return false;
  const free = tryLock(path);
  free?.release();
  return free === null;
}

/** A folder that may not be entered is no missing one. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return false;
    },
  );

/**
 * The same of a database that DATABASE_URL names: one without our tables is somebody else's, or a new one.
 * @throws {AppError}
 */
export async function requireTables(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (rows[0]?.found) return;
  throw nothingIn(
    "the database",
    "set DATABASE_URL to that of the system that you mean. To make a new one there: npm start.",
  );
}
