import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import {
  NO_FILTER,
  withSchemaEngine,
  withSchemaEngineAtOnce,
  withSchemaEngineWithin,
} from "./schema-engine.ts";

const PRISMA_DIR = join(import.meta.dirname, "../../prisma");
/** Folder of the migrations, absolute. */
export const MIGRATIONS_DIR = join(PRISMA_DIR, "migrations");

/** Reads prisma/migrations the way Prisma's own command does. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => {
      const value = await readFile(join(MIGRATIONS_DIR, name, "migration.sql"), "utf8");
      return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
    }),
  );
  const content = await readFile(join(MIGRATIONS_DIR, "migration_lock.toml"), "utf8").catch(() => null);
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: "migration_lock.toml", content },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/**
 * Applies what is missing, all or nothing, and fills Prisma's own `_prisma_migrations`. Returns the names applied now.
 * @param only the migrations to know of; unset: all
 */
export async function migrate(databaseUrl: string, only?: readonly string[]): Promise<string[]> {
  return withSchemaEngineAtOnce(databaseUrl, (engine) => apply(engine, only));
}

/** The same as a part of a transaction that is open on this connection. */
export async function migrateWithin(session: pg.ClientBase, only?: readonly string[]): Promise<string[]> {
  return withSchemaEngineWithin(session, (engine) => apply(engine, only));
}

async function apply(engine: SchemaEngine, only: readonly string[] | undefined): Promise<string[]> {
  const all = await readMigrations();
  const migrationDirectories = all.migrationDirectories.filter(({ path }) => only?.includes(path) ?? true);
  const migrationsList = { ...all, migrationDirectories };
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
  return appliedMigrationNames;
}

/** The SQL that would lead from the migrated database to schema.prisma; empty when nothing drifted. */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const path = join(PRISMA_DIR, "schema.prisma");
  const schema = { files: [{ path, content: await readFile(path, "utf8") }] };
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: PRISMA_DIR },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    }),
  );
  return (stdout ?? "").replace("-- This is an empty migration.", "").trim();
}
