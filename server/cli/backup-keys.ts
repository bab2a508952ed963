import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { secretKey } from "../config/secret-key.ts";
import { BackupKey } from "../db/backup/backup-key.ts";

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
