import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MIGRATIONS_DIR, schemaDrift } from "#server/db/migrate.ts";
import { type Command, UsageError } from "../command.ts";

/** For developers: writes the SQL that leads from the migrated database to schema.prisma. */
export const migration: Command = {
  usage: "migration NAME",
  summary: "Writes a new migration from what schema.prisma has and the database lacks.",
  async run({ args, database, print }) {
    const [name] = args;
    if (!name || !/^[a-z0-9_]+$/.test(name)) {
      throw new UsageError("Give a name in small letters, digits and underscores.");
    }
    const script = await schemaDrift((await database()).url);
    if (script === "") return print("Nothing to do: the migrations lead to schema.prisma already.");
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(MIGRATIONS_DIR, `${stamp}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, "migration.sql"), `${script}\n`);
    print(`Wrote ${folder}. Read it before you commit it.`);
  },
};
