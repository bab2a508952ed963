import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";

let dir: string;
let running: EmbeddedPostgres[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tidewatch-roles-"));
  await chmod(dir, 0o755);
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  running = [];
  await rm(dir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(dir);
  running.push(server);
  return server;
}

async function ask(url: string, ...texts: string[]): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of texts) rows = (await client.query({ text, rowMode: "array" })).rows ?? [];
    return rows;
  } finally {
    await client.end();
  }
}

const RIGHTS = `SELECT rolname::text, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles
  WHERE rolcanlogin ORDER BY 1`;
const NONE = [false, false, false, false, false];
const EXPECTED = [
  ["tidewatch", ...NONE],
  ["tidewatch_admin", true, true, true, true, true],
  ["tidewatch_reader", ...NONE],
];
const OWNERS = `SELECT DISTINCT pg_get_userbyid(owner)::text FROM (
  SELECT relowner AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT datdba FROM pg_database WHERE datname = current_database()) every`;

describe("the roles of an embedded server", () => {
  test("the application owns its database and is no superuser, and neither is the reader", async () => {
    const server = await start();
    await migrate(server.url);
    expect(await ask(server.url, RIGHTS)).toEqual(EXPECTED);
    expect(await ask(server.url, OWNERS)).toEqual([["tidewatch"]]);
    for (const reach of [
      "SELECT pg_read_file('postgresql.conf')",
      "COPY (SELECT 1) TO PROGRAM 'true'",
      "ALTER SYSTEM SET fsync = off",
      "CREATE ROLE more SUPERUSER",
      "CREATE DATABASE more",
    ]) {
      await expect(ask(server.url, reach), reach).rejects.toThrow(/permission denied|must be/);
    }
  });

  test("each has a password of its own, in a file that its owner alone reads", async () => {
    await start();
    const files = ["postgres.password", "postgres.admin-password", "postgres.reader-password"];
    const passwords = await Promise.all(files.map((name) => readFile(join(dir, name), "utf8")));
    expect(new Set(passwords).size).toBe(3);
    for (const name of files) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dir, "postgres.log"), "utf8")).not.toMatch(new RegExp(passwords.join("|")));
  });

  test("are the same after a stop and a start, and for whoever joins", async () => {
    const first = await start();
    const member = await start();
    expect(await ask(member.adminUrl, RIGHTS)).toEqual(EXPECTED);
    await first.stop();
    const second = await start();
    expect(await ask(second.readerUrl, "SELECT current_user::text")).toEqual([["tidewatch_reader"]]);
  });

  test("a lost administrator's password is told in words", async () => {
    await (await start()).stop();
    await rm(join(dir, "postgres.admin-password"));
    await expect(start()).rejects.toMatchObject({ code: "administrator_refused" });
    await expect(stat(join(dir, "postgres", "postmaster.pid"))).rejects.toThrow("ENOENT");
  });
});
