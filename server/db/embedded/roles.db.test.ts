import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { postgresFolder } from "./binaries.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { adminUrl, answers, spawnPostgres } from "./postmaster.ts";
import { rolePasswords } from "./role-passwords.ts";
import { settleRoles, urlsOf } from "./roles.ts";
import { chooseRunAs, type RunAs } from "./run-as.ts";

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

/** A folder as earlier versions made it: the application's role is the server's own superuser. */
async function oldFolder(also: readonly string[] = []): Promise<RunAs | undefined> {
  const runAs = chooseRunAs();
  const binaries = await postgresFolder(runAs, "/var/lib/tidewatch");
  const folder = join(dir, "postgres");
  await mkdir(folder, { mode: 0o700 });
  const passwordFile = join(dir, "postgres.password");
  await writeFile(passwordFile, "0123456789abcdef", { mode: 0o600 });
  if (runAs) for (const path of [folder, passwordFile]) await chown(path, runAs.uid, runAs.gid);
  const args = [
    `--pgdata=${folder}`,
    "--username=tidewatch",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
  ];
  const made = spawnSync(join(binaries, "bin", "initdb"), args, { encoding: "utf8", cwd: "/", ...runAs });
  expect(made.status, made.stderr).toBe(0);
  const script = [
    "CREATE DATABASE tidewatch",
    "CREATE TABLE kept AS SELECT 7 AS n",
    "CREATE VIEW seen AS SELECT n FROM kept",
    "CREATE SEQUENCE counted",
    "CREATE TABLE parted (at date, id bigserial) PARTITION BY RANGE (at)",
    "CREATE TABLE parted_rest PARTITION OF parted DEFAULT",
    "CREATE FUNCTION seven() RETURNS int LANGUAGE sql AS 'SELECT 7'",
    "CREATE SCHEMA other",
    "CREATE TABLE other.kept (n int)",
    ...also,
  ];
  for (const [database, lines] of [
    ["postgres", script.slice(0, 1)],
    ["tidewatch", script.slice(1)],
  ] as const) {
    const done = spawnSync(join(binaries, "bin", "postgres"), ["--single", "-D", folder, database], {
      encoding: "utf8",
      cwd: "/",
      input: `${lines.join("\n")}\n`,
      ...runAs,
    });
    expect(done.stderr).not.toMatch(/ERROR|FATAL/);
  }
  return runAs;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

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

describe("a folder whose application role was the superuser", () => {
  test("gets a plain one at its next start, with everything that was kept, and works", async () => {
    await oldFolder();
    const server = await start();
    expect(await ask(server.url, RIGHTS)).toEqual(EXPECTED);
    expect(await ask(server.url, OWNERS)).toEqual([["tidewatch"]]);
    expect(
      await ask(
        server.url,
        "ALTER TABLE kept ADD COLUMN more int",
        "ALTER TABLE other.kept ADD COLUMN more int",
        "INSERT INTO parted (at) VALUES ('2026-11-22')",
        "SELECT n, seven(), nextval('counted')::int FROM seen",
      ),
    ).toEqual([[7, 7, 1]]);
    await ask(server.url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    await migrate(server.url);
  });

  test("also after an upgrade that was broken off, and when several upgrade at once", async () => {
    const runAs = await oldFolder([
      "CREATE ROLE tidewatch_upgrade SUPERUSER LOGIN PASSWORD 'of a run that was killed'",
    ]);
    const password = await readFile(join(dir, "postgres.password"), "utf8");
    const binaries = await postgresFolder(runAs, "/var/lib/tidewatch");
    const port = await freePort();
    const how = { dataDir: dir, folder: join(dir, "postgres"), binaries, runAs, password };
    const old = spawnPostgres(how, port);
    await expect.poll(() => answers(adminUrl(password, port)), { timeout: 20_000 }).toBe(true);
    const passwords = await rolePasswords(dir);
    await Promise.all([1, 2, 3, 4].map(() => settleRoles(passwords, port)));
    expect(await ask(urlsOf(passwords, port).url, RIGHTS)).toEqual(EXPECTED);
    old.kill("SIGINT");
    await expect.poll(() => old.exitCode, { timeout: 20_000 }).toBe(0);
  });
});
