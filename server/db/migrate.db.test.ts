import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { migrate, readMigrations, schemaDrift } from "./migrate.ts";

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

  test("are noted where Prisma's own command looks for them, and applied once", async () => {
    const { migrationDirectories } = await readMigrations();
    expect(
      await run(
        "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
      ),
    ).toEqual(migrationDirectories.map(({ path }) => [path]));
    expect(await migrate(url)).toEqual([]);
  });

  test("leave no connection behind", async () => {
    const others = `SELECT count(*)::int FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    await expect.poll(() => run(others)).toEqual([[0]]);
  });
});
