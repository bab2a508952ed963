import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#server/lib/log.ts";
import { recordAct } from "../audit.ts";
import { type Database, openDatabase } from "../database.ts";
import { migrate } from "../migrate.ts";
import { pruneAuditDetails } from "../prune-rows.ts";
import { openReader } from "../reading-role.ts";

/**
 * On the embedded server the application's role does not own the audit log, so that it cannot even turn its triggers off.
 * @module-tag slow
 */

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-audit-"));
  database = await openDatabase({
    databaseUrl: undefined,
    dataDir: folder,
    log: createLog("silent"),
    onIdleError: () => undefined,
  });
  await migrate(database.url);
  await database.closeAudit();
  await database.closeAudit(); // at every start
}, 120_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const ACT = { actor: "lin", action: "session.sign-in", subject: "person lin" } as const;

describe("the application's role", () => {
  test("adds, reads, and lets old details go", async () => {
    await recordAct(database.pool, { ...ACT, at: new Date("2020-01-01T00:00:00Z") });
    await recordAct(database.pool, ACT);
    expect(await pruneAuditDetails(database.pool, new Date("2021-01-01T00:00:00Z"))).toBe(1);
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS entries, count(entry_id)::int AS details FROM audit_entry LEFT JOIN audit_detail ON entry_id = id",
    );
    expect(rows).toEqual([{ entries: 2, details: 1 }]);
  });

  test.each([
    "UPDATE audit_entry SET actor = 'he'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry, audit_detail",
    "UPDATE audit_detail SET details = '{}'",
    "DELETE FROM audit_detail",
    "SET tidewatch.audit_pruning = 'on'; DELETE FROM audit_detail",
    "ALTER TABLE audit_entry DISABLE TRIGGER insert_only",
    "DROP TRIGGER insert_only ON audit_detail",
    "ALTER TABLE audit_detail OWNER TO tidewatch",
    "GRANT DELETE ON audit_entry TO tidewatch WITH GRANT OPTION; DELETE FROM audit_entry",
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "SET ROLE tidewatch_audit",
    "SET session_replication_role = replica",
  ])("%s is refused", async (statement) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.end();
    }
  });

  test("gives the role that only reads what it may read of it", async () => {
    const reader = await openReader(database, { readerUrl: undefined, password: "" });
    try {
      const { rows } = await reader.query(
        "SELECT count(*) AS count FROM audit_entry JOIN audit_detail ON true",
      );
      expect(rows).toEqual([{ count: "2" }]);
    } finally {
      await reader.end();
    }
  });
});
