import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folder of the migrations, absolute. */
export const MIGRATIONS_DIR = join(import.meta.dirname, "../../prisma/migrations");

/** A migration by what tells it from others. */
export interface MigrationId {
  readonly name: string;
  /** SHA-256 of its SQL in hex, as Prisma computes it. */
  readonly checksum: string;
}

/** One step of the schema: plain SQL that runs once. */
export interface Migration extends MigrationId {
  readonly sql: string;
}

export const migrationOf = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
});

/** All of prisma/migrations, the first one first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(MIGRATIONS_DIR, name, "migration.sql"), "utf8");
      // Where git writes Windows' line ends, it is the same migration all the same.
      return migrationOf(name, sql.replaceAll("\r\n", "\n"));
    }),
  );
}
