import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "#testing/harness/run-cli.ts";
import { startTestServer } from "#testing/harness/writer-harness.ts";

/** A mistyped DATA_DIR, or DATABASE_URL, is told; it does not become a new system. */

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "tidewatch-founding-"));
  await chmod(place, 0o755); // PostgreSQL may run as somebody else
});
afterEach(() => rm(place, { recursive: true, force: true }));

const LOOKING: readonly (readonly string[])[] = [
  ["user", "list"],
  ["user", "disable", "lin@insurer.example", "--reason", "left"],
  ["api-key", "list"],
  ["api-key", "revoke", "1"],
  ["sql", "SELECT 1"],
  ["verify"],
  ["prune"],
  ["doctor"],
  ["backup", "FILE"],
];

test.each(LOOKING)("%s %s refuses a folder without a system and leaves it as it is", async (...words) => {
  const args = words.map((word) => (word === "FILE" ? join(place, "all.backup") : word));
  const empty = join(place, "empty");
  await mkdir(empty);
  for (const dataDir of [join(place, "mistyped"), empty]) {
    const { code, out, error } = await runCli(args, { DATA_DIR: dataDir, DATABASE_URL: "" });
    expect([code, out]).toEqual([1, ""]);
    expect(error).toMatch(/^There is no Tidewatch in \S+: set DATA_DIR to .*\n$/);
    expect(error).toContain(dataDir);
  }
  expect(await readdir(place)).toEqual(["empty"]);
  expect(await readdir(empty)).toEqual([]);
});

test("a backup is looked at without making a key", async () => {
  await writeFile(join(place, "all.backup"), "no backup");
  const args = ["restore", join(place, "all.backup"), "--check"];
  const environment = { DATA_DIR: join(place, "mistyped"), DATABASE_URL: "" };
  const { code, error } = await runCli(args, environment);
  expect([code, error]).toEqual([1, expect.stringMatching(/^There is no key to read the backup by .*\n$/)]);
  const withKey = await runCli(args, { ...environment, BACKUP_KEY: "k".repeat(40) });
  expect(withKey.error).not.toContain("no key");
  expect(await readdir(place)).toEqual(["all.backup"]);
});

test("a command that makes a system says where", async () => {
  const DATA_DIR = join(place, "new");
  const made = await runCli(["api-key", "create", "--scope", "read"], { DATA_DIR, DATABASE_URL: "" });
  expect(made.code, made.error).toBe(0);
  expect(made.error).toContain(`There is no Tidewatch in ${DATA_DIR} yet: this command makes one there.`);
  const listed = await runCli(["api-key", "list"], { DATA_DIR, DATABASE_URL: "" });
  expect([listed.code, listed.error]).toEqual([0, ""]);
  expect(listed.out).toContain("command line");
});

test("a database without our tables is refused as well, and stays empty", async () => {
  const server = await startTestServer();
  try {
    const DATABASE_URL = await server.emptyDatabase();
    const { code, error } = await runCli(["user", "list"], { DATABASE_URL, DATA_DIR: join(place, "none") });
    expect(code).toBe(1);
    expect(error).toMatch(/^There is no Tidewatch in the database: set DATABASE_URL to .*\n$/);
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    const { rows } = await client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'");
    await client.end();
    expect(rows).toEqual([]);
  } finally {
    await server.stop();
  }
});
