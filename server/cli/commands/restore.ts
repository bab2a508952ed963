import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { resolve } from "node:path";
import { recordAct } from "#server/db/audit.ts";
import { checkBackup, restore as restoreInto } from "#server/db/backup/restore.ts";
import { openDatabase } from "#server/db/database.ts";
import { AppError } from "#server/lib/errors.ts";
import { cliActor } from "../actor.ts";
import { backupKeys, keysToRead } from "../backup-keys.ts";
import { type Command, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

/** The way back from a backup. */
export const restore: Command = {
  usage: "restore FILE [--force | --check]",
  summary:
    "Puts a backup into an empty database; --force throws away what the database holds. --check only reads the file to its end.",
  async run({ config, args, print }) {
    const { values, options } = parseOptions(args, { force: "flag", check: "flag" });
    const [file, ...rest] = values;
    if (!file || rest.length > 0) throw new UsageError("Name one file.");
    await access(file, constants.R_OK).catch((error: Error) => {
      throw new AppError("file_unreadable", 400, `${file} cannot be read: ${error.message}`);
    });
    const keys = options.check ? await keysToRead(config) : await backupKeys(config);
    if (options.check) {
      const { header, rows } = await checkBackup(createReadStream(file), keys);
      print(
        `${file} is whole: ${totalOf(rows)} rows of ${rows.size} tables, as they stood at ${header.madeAt}.`,
      );
      return;
    }
    // Not migrated: the backup brings the schema that its rows are of.
    const database = await openDatabase({
      databaseUrl: config.DATABASE_URL,
      dataDir: config.DATA_DIR,
      onIdleError: () => undefined, // the work has a connection of its own, and tells its loss
    });
    try {
      const report = await restoreInto(database.url, () => createReadStream(file), {
        force: options.force === true,
        keys,
      });
      await database.closeAudit();
      const details = {
        file: resolve(file),
        madeAt: report.header.madeAt,
        rows: totalOf(report.rows),
        force: options.force === true,
      };
      await recordAct(database.pool, {
        actor: cliActor(),
        action: "backup.restore",
        subject: "installation",
        details,
      });
      print(
        `Restored ${totalOf(report.rows)} rows of ${report.rows.size} tables, as they stood at ${report.header.madeAt}.`,
      );
      if (report.upgraded.length > 0) print(`Brought up to this version: ${report.upgraded.join(", ")}.`);
      print(
        "Start Tidewatch with the same SECRET_KEY (or DATA_DIR/secret.key) as before. People sign in again.",
      );
    } finally {
      await database.close();
    }
  },
};

const totalOf = (rows: ReadonlyMap<string, number>): number =>
  [...rows.values()].reduce((sum, count) => sum + count, 0);
