import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../db/embedded/embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";

/** `cli sql` reads, and nothing else: on the embedded server and on one of somebody else's. */

let dir: string;
let server: EmbeddedPostgres;
let admin: pg.Client;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "tidewatch-sql-"));
  await chmod(dir, 0o755);
  server = await startEmbeddedPostgres(dir);
  admin = new pg.Client({ connectionString: server.adminUrl.replace(/\w+$/, "tidewatch") });
  await admin.connect();
  await sql("SELECT 1"); // migrates
  await admin.query(
    "INSERT INTO key_user (user_id, raw_premium, updated_by) VALUES (7, 800, 'test'); CREATE SEQUENCE counted",
  );
});
afterAll(async () => {
  await admin.end();
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const sql = (text: string, environment: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dir, DATABASE_URL: "", PORT: "0", ...environment };
    execFile(process.execPath, ["server/cli/main.ts", "sql", text], { env }, (error, out, words) =>
      resolve({ code: Number(error?.code ?? 0), out, error: words }),
    );
  });

/** The whole state that a statement could have changed. */
const state = async () =>
  (
    await admin.query(
      `SELECT (SELECT json_agg(k) FROM key_user k) AS users, (SELECT count(*) FROM pg_class) AS tables, (SELECT last_value FROM counted) AS next,
         (SELECT count(*) FROM pg_largeobject_metadata) AS large, (SELECT count(*) FROM pg_roles) AS roles,
         (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS locks`,
    )
  ).rows;

describe("on the embedded server", () => {
  test("reads as a role of its own", async () => {
    expect(await sql("SELECT current_user, session_user")).toMatchObject({
      code: 0,
      out: "current_user,session_user\ntidewatch_reader,tidewatch_reader\n",
    });
  });

  test.each([
    "adm_pfm_zy_order_gmv_msx_hs",
    "wechat_activity_user",
    "adm_zy_acct_sub_wechat_list",
    "user_last_log",
    "hour_figure",
    "event_log",
    "retention_case",
    "audit_detail",
    "audit_entry",
    "dead_letter",
  ])("reads %s", async (table) => {
    expect(await sql(`SELECT count(*) >= 0 AS readable FROM ${table}`)).toMatchObject({
      code: 0,
      out: "readable\nt\n",
    });
  });

  test.each([
    ["password hashes", "SELECT password FROM account"],
    ["sessions", "SELECT token FROM session"],
    ["verifications", "SELECT value FROM verification"],
    ["hashes of keys", "SELECT hash FROM api_key"],
    ["settings", "SELECT value FROM setting"],
    ["passwords of roles", "SELECT rolpassword FROM pg_authid"],
    ["files", "SELECT pg_read_file('/etc/passwd')"],
    ["folders", "SELECT pg_ls_dir('/')"],
    ["large objects of files", "SELECT lo_import('/etc/passwd')"],
    [
      "other tables by a query in a text",
      "SELECT query_to_xml('SELECT password FROM account', true, true, '')",
    ],
    ["other tables as another role", "SELECT set_config('role', 'tidewatch', true)"],
    ["statistics of closed columns", "SELECT 1/count(*) FROM pg_stats WHERE tablename = 'account'"],
  ])("does not read %s", async (_what, text) => {
    const { code, out, error } = await sql(text);
    expect([code, out]).toEqual([1, ""]);
    expect(error).toMatch(/^PostgreSQL says: (permission denied|division by zero)/);
  });

  test.each([
    ["a second statement", "SELECT 1; DELETE FROM key_user"],
    ["a commit and a second statement", "COMMIT; DELETE FROM key_user"],
    ["a write", "DELETE FROM key_user"],
    ["a write inside a read", "WITH gone AS (DELETE FROM key_user RETURNING *) SELECT * FROM gone"],
    ["rows into a table", "SELECT 1 AS n INTO TEMPORARY made"],
    ["a block that leaves the transaction", "DO $$ BEGIN COMMIT; DELETE FROM key_user; END $$"],
    [
      "a block that makes the transaction write",
      "DO $$ BEGIN SET TRANSACTION READ WRITE; DELETE FROM key_user; END $$",
    ],
    ["a transaction that writes", "SELECT set_config('transaction_read_only', 'off', true)"],
    ["a number of a sequence", "SELECT nextval('counted')"],
    ["a sequence set", "SELECT setval('counted', 99)"],
    ["a large object", "SELECT lo_create(4711)"],
    ["a large object of bytes", "SELECT lo_from_bytea(4711, 'x')"],
    ["a lock", "SELECT pg_advisory_lock(4715200)"],
    ["a lock of a table", "LOCK TABLE key_user IN ACCESS EXCLUSIVE MODE"],
    ["rows locked", "SELECT * FROM key_user FOR UPDATE"],
    ["a program", "COPY (SELECT 1) TO PROGRAM 'true'"],
    ["a file", "COPY (SELECT 1) TO '/tmp/tidewatch-made'"],
    ["the log", "SELECT pg_logical_emit_message(true, 'x', 'y')"],
    ["a role", "CREATE ROLE more"],
    ["an extension", "CREATE EXTENSION dblink"],
    ["a table", "CREATE TEMPORARY TABLE made (n int)"],
    ["a setting of the server", "ALTER SYSTEM SET fsync = off"],
    ["a setting of the role", "ALTER ROLE tidewatch_reader RESET ALL"],
    [
      "an end of others' connections",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tidewatch_admin'",
    ],
  ])("does not take %s", async (_what, text) => {
    const before = await state();
    const { code, error } = await sql(text);
    expect(code, error).toBe(1);
    expect(error).toMatch(/^PostgreSQL says: /);
    expect(await state()).toEqual(before);
  });

  test.each([
    "COMMIT",
    "SET TRANSACTION READ WRITE",
    "RESET ROLE",
    "SET default_transaction_read_only = off",
  ])("%s does nothing, for nothing comes after it", async (text) => {
    const before = await state();
    await sql(text);
    expect(await state()).toEqual(before);
    expect((await sql("DELETE FROM key_user")).error).toMatch(/read-only|permission/);
  });
});

describe("on a server of somebody else's", () => {
  const there = () => ({ DATABASE_URL: server.url });

  test("without a reader it says what its keeper has to do", async () => {
    const { code, out, error } = await sql("SELECT 1", there());
    expect([code, out]).toEqual([1, ""]);
    expect(error).toMatch(/^[^\n]*CREATE ROLE "tidewatch_reader" LOGIN[^\n]*DATABASE_READER_URL[^\n]*\n$/);
  });

  test("reads as the role of DATABASE_READER_URL, which gets its rights", async () => {
    await admin.query("CREATE ROLE looker LOGIN PASSWORD 'looks'");
    const reader = new URL(server.url);
    [reader.username, reader.password] = ["looker", "looks"];
    const environment = { ...there(), DATABASE_READER_URL: reader.href };
    expect(await sql("SELECT id FROM adm_zy_acct_sub_wechat_list", environment)).toMatchObject({
      code: 0,
      out: "id\n7\n",
    });
    expect((await sql("SELECT * FROM account", environment)).error).toContain("permission denied");
    await admin.query("GRANT tidewatch TO looker");
    expect((await sql("SELECT 1", environment)).error).toMatch(/may do more than read/);
  });

  test("refuses to read as the application or as a superuser", async () => {
    for (const url of [server.url, server.adminUrl.replace(/\w+$/, "tidewatch")]) {
      const { code, error } = await sql("SELECT 1", { ...there(), DATABASE_READER_URL: url });
      expect([code, error]).toEqual([1, expect.stringContaining("may do more than read")]);
    }
  });

  test("makes the reader where the application's role may make roles", async () => {
    await admin.query("CREATE DATABASE elsewhere");
    const environment = { DATABASE_URL: server.adminUrl.replace(/\w+$/, "elsewhere") };
    await migrate(environment.DATABASE_URL);
    for (const _again of [1, 2]) {
      expect(await sql("SELECT current_user", environment)).toMatchObject({
        code: 0,
        out: "current_user\nelsewhere_reader\n",
      });
    }
    expect((await sql("SELECT pg_read_file('/etc/passwd')", environment)).error).toContain(
      "permission denied",
    );
  });
});
