import { createWriteStream } from "node:fs";
import { access, open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Config } from "../../config/config.ts";
import { AppError } from "../../lib/errors.ts";
import { recordAct } from "../../store/audit.ts";
import { backUp } from "../../store/backup/backup.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

/** Everything in one file, while the system goes on working. */
export const backup: Command = {
  usage: "backup FILE [--force]",
  summary: "Writes the whole database to one file, as it stands at one instant; --force replaces a file.",
  async run({ config, args, database, print }) {
    const { values, options } = parseOptions(args, { force: "flag" });
    const [file, ...rest] = values;
    if (!file || rest.length > 0) throw new UsageError("Name one file.");
    if (!options.force) await refuseWhenThere(file);
    const { url, pool } = await database();
    const part = `${file}.part`;
    try {
      const { rows } = await backUp(url, createWriteStream(part, { mode: 0o600 }), Date.now);
      await flush(part);
      const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
      const details = { file: resolve(file), rows: total, tables: rows.size };
      await recordAct(pool, { actor: cliActor(), action: "backup.make", subject: "installation", details });
      await rename(part, file);
      print(`Wrote ${file}: ${total} rows of ${rows.size} tables.`);
      print(keyAdvice(config));
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

/** The secret is not in the database, and what it seals cannot be read without it. */
function keyAdvice({ SECRET_KEY, DATA_DIR }: Config): string {
  const where = SECRET_KEY === undefined ? `the file ${join(DATA_DIR, "secret.key")}` : "SECRET_KEY";
  return `Personal data in it is encrypted and the key is not in it: keep ${where} as well, in another place.`;
}
