import { access, open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { recordAct } from "#server/db/audit.ts";
import { backUp } from "#server/db/backup/backup.ts";
import { type BackupKey, readableId } from "#server/db/backup/backup-key.ts";
import { AppError } from "#server/lib/errors.ts";
import { cliActor } from "../actor.ts";
import { backupKeys } from "../backup-keys.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

/** Everything in one file, while the system goes on working. */
export const backup: Command = {
  usage: "backup FILE [--force]",
  summary:
    "Writes the whole database to one encrypted file, as it stands at one instant; --force replaces a file.",
  async run({ config, args, database, print }) {
    const { values, options } = parseOptions(args, { force: "flag" });
    const [file, ...rest] = values;
    if (!file || rest.length > 0) throw new UsageError("Name one file.");
    if (!options.force) await refuseWhenThere(file);
    const { url, pool } = await database();
    const keys = await backupKeys(config);
    const part = `${file}.part`;
    await rm(part, { force: true }); // of one that was broken off: it may be anybody's to read
    try {
      const destination = (await open(part, "wx", 0o600)).createWriteStream();
      const { rows } = await backUp(url, destination, { key: keys[0], now: Date.now });
      await flush(part);
      const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
      const details = { file: resolve(file), rows: total, tables: rows.size };
      await recordAct(pool, { actor: cliActor(), action: "backup.make", subject: "installation", details });
      await rename(part, file);
      print(`Wrote ${file}: ${total} rows of ${rows.size} tables.`);
      print(keyAdvice(keys[0], keys.at(-1) ?? keys[0]));
    } finally {
      await rm(part, { force: true });
    }
  },
};

/** A file is never half a backup: what is named so has been on the disk before. */
async function flush(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync();
  await file.close();
}

async function refuseWhenThere(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new AppError("file_exists", 409, `${file} is there already. Add --force to replace it.`);
}

/** The key is not in the file: without it nobody reads what is, and personal data in it needs SECRET_KEY besides. */
function keyAdvice(key: BackupKey, own: BackupKey): string {
  const what = [...new Set([key.source, own.source])].join(" and ");
  return `It is encrypted under the key ${readableId(key.id)}, which is not in it: keep ${what} as well, in another place.`;
}
