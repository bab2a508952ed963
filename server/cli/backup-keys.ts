import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { secretKey } from "../config/secret-key.ts";
import { BackupKey } from "../db/backup/backup-key.ts";
import { inDataDir } from "../lib/data-dir.ts";
import { AppError } from "../lib/errors.ts";
import { isThere } from "./founding.ts";

/**
 * The keys that this installation's backups may be encrypted under; the first one encrypts. Backups of before BACKUP_KEY was set
 * are of the other.
 */
export async function backupKeys(config: Config): Promise<readonly [BackupKey, ...BackupKey[]]> {
  const { BACKUP_KEY, SECRET_KEY, DATA_DIR } = config;
  const source = SECRET_KEY === undefined ? `the file ${join(DATA_DIR, "secret.key")}` : "SECRET_KEY";
  const own = new BackupKey(await secretKey(SECRET_KEY, DATA_DIR), source);
  return BACKUP_KEY === undefined ? [own] : [new BackupKey(BACKUP_KEY, "BACKUP_KEY"), own];
}

/**
 * The same to read a backup by, where there may be no installation: nothing is made.
 * @throws {AppError} there is no key
 */
export async function keysToRead(config: Config): Promise<readonly [BackupKey, ...BackupKey[]]> {
  const { BACKUP_KEY, SECRET_KEY, DATA_DIR } = config;
  if (SECRET_KEY !== undefined || (await inDataDir(DATA_DIR, () => isThere(join(DATA_DIR, "secret.key"))))) {
    return backupKeys(config);
  }
  if (BACKUP_KEY !== undefined) return [new BackupKey(BACKUP_KEY, "BACKUP_KEY")];
  throw new AppError(
    "no_system",
    500,
    `There is no key to read the backup by in ${DATA_DIR}: set DATA_DIR to the folder of the system that made it, or BACKUP_KEY or SECRET_KEY.`,
  );
}
