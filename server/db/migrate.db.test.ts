import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { schemaDrift } from "#scripts/schema/schema-drift.ts";
import { NO_FILTER, withSchemaEngine } from "#scripts/schema/schema-engine.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS_DIR, readMigrations } from "./migrations.ts";

let server: TestServer;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
});

async function run(sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: "array" });
  await client.end();
  return rows as unknown[][];
}

describe("migrations", () => {
  test("lead to what schema.prisma says: nothing has drifted", async () => {
    expect(await schemaDrift(url)).toBe("");
  });

  test("that miss a column are found out", async () => {
    await run("ALTER TABLE stream DROP COLUMN unknown_fields");
    expect(await schemaDrift(url)).toContain("unknown_fields");
  });

  test("are listed as Prisma's own commands list them, which find nothing to do or to complain of", async () => {
    const migrationDirectories = (await readMigrations()).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    }));
    const migrationsList = {
      baseDir: MIGRATIONS_DIR,
      lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"' },
      shadowDbInitScript: "",
      migrationDirectories,
    };
    const found = await withSchemaEngine(url, async (engine) => ({
      history: await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: NO_FILTER,
      }),
      applied: await engine.applyMigrations({ migrationsList, filters: NO_FILTER }),
    }));
    expect(found).toMatchObject({
      history: {
        hasMigrationsTable: true,
        history: null,
        editedMigrationNames: [],
        failedMigrationNames: [],
      },
      applied: { appliedMigrationNames: [] },
    });
  });

  test("are applied once", async () => {
    expect(await migrate(url)).toEqual([]);
  });

  test("leave no connection behind", async () => {
    await migrate(url);
    const others = `SELECT count(*)::int FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    await expect.poll(() => run(others)).toEqual([[0]]);
  });
});

describe("a database that is not of this build is refused in words, and left as it is", () => {
  const contents = () =>
    run(`SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`);

  test.each([
    [
      "one with a migration that is not known here",
      "UPDATE _prisma_migrations SET migration_name = '20261123000000_road'",
      /its migration 20261123000000_road is of another build/,
    ],
    [
      "one whose migration was another one under the same name",
      "UPDATE _prisma_migrations SET checksum = repeat('0', 64)",
      /its migration \d+_first is that of another build/,
    ],
    [
      "one whose migration was begun elsewhere and not finished",
      "UPDATE _prisma_migrations SET finished_at = NULL",
      /its migration \d+_first was begun elsewhere and not finished/,
    ],
    [
      "one with tables of something else",
      "DROP TABLE _prisma_migrations",
      /it holds tables of something else/,
    ],
  ])("%s", async (_what, made, words) => {
    await run(made);
    const before = await contents();
    const place = { variable: "DATA_DIR", value: "/srv/tw", anew: "take another folder" } as const;
    const refused = migrate(url, { place });
    await expect(refused).rejects.toMatchObject({ code: "unfit_database" });
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toThrow(/DATA_DIR \(\/srv\/tw\).* or begin anew: take another folder/);
    expect(await contents()).toEqual(before);
  });

  test("by its address without the password", async () => {
    await run("UPDATE _prisma_migrations SET checksum = ''");
    const { host, pathname, password } = new URL(url);
    await expect(migrate(url)).rejects.toThrow(`DATABASE_URL (${host}${pathname})`);
    await expect(migrate(url)).rejects.not.toThrow(password);
  });

  test("but one that was rolled back does not count", async () => {
    await run(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at) VALUES ('1', '', 'other', now())",
    );
    expect(await migrate(url)).toEqual([]);
  });
});
