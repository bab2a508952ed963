/**
 * `npm run migration`: prints the SQL that leads from the migrations to schema.prisma, for the first one to be changed by.
 * `npm run migration -- NAME`: writes it as a migration of its own, as every change is once a version is tagged.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { migrate } from "#server/db/migrate.ts";
import { MIGRATIONS_DIR } from "#server/db/migrations.ts";
import { fail } from "../console.mjs";
import { schemaDrift } from "./schema-drift.ts";

/** In a database of its own: nobody's data folder is asked. */
async function missingSql(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "tidewatch-migration-"));
  await chmod(dir, 0o755); // PostgreSQL's own user passes
  try {
    const server = await startEmbeddedPostgres(dir);
    try {
      await migrate(server.url);
      return await schemaDrift(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function write(name: string, sql: string): Promise<void> {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(MIGRATIONS_DIR, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), `${sql}\n`);
  console.log(`Wrote ${folder}. Read it before you commit it.`);
}

async function main(name: string | undefined): Promise<void> {
  if (name !== undefined && !/^[a-z0-9_]+$/.test(name)) {
    return fail("Give a name in small letters, digits and underscores.");
  }
  const sql = await missingSql();
  if (sql === "") console.log("Nothing to do: the migrations lead to schema.prisma already.");
  else if (name === undefined) console.log(sql);
  else await write(name, sql);
}

await main(process.argv[2]);
