import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { fromAddress } from "../lib/request-address.ts";
import { type Act, recordAct, recordActIn } from "./audit.ts";
import { type Database, openDatabase } from "./database.ts";
import { pruneAuditDetails } from "./prune-rows.ts";

/** What was recorded stays: on a server of somebody else's, where the application's role owns the tables, by triggers. */

const ACT: Act = { actor: "lin", action: "session.sign-in", subject: "person lin", details: { count: 1 } };
const DAY_MS = 86_400_000;

let server: TestServer;
let database: Database;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  pool = database.pool;
  await recordAct(pool, ACT);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

test.each([
  "UPDATE audit_entry SET actor = 'he'",
  "DELETE FROM audit_entry",
  "DELETE FROM audit_entry WHERE false",
  "TRUNCATE audit_entry CASCADE",
  "UPDATE audit_detail SET details = '{}'",
  "UPDATE audit_detail SET address = NULL",
  "DELETE FROM audit_detail",
  "TRUNCATE audit_detail",
  "INSERT INTO audit_detail SELECT entry_id, NULL, '{}' FROM audit_detail ON CONFLICT (entry_id) DO UPDATE SET details = '{}'",
])("%s is refused", async (statement) => {
  const before = await writtenActs(pool);
  await expect(pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  expect(await writtenActs(pool)).toEqual(before);
});

describe("an act", () => {
  test("has the address of the request that is answered, or its own, or none", async () => {
    await fromAddress("203.0.113.7", () => recordAct(pool, ACT));
    await fromAddress("203.0.113.7", () => recordAct(pool, { ...ACT, address: "198.51.100.1" }));
    await fromAddress("203.0.113.7", () => recordAct(pool, { ...ACT, address: null }));
    await fromAddress("", () => recordAct(pool, ACT));
    await recordAct(pool, ACT);
    const written = (await writtenActs(pool)).slice(-5).map(({ address }) => address);
    expect(written).toEqual(["203.0.113.7", "198.51.100.1", null, null, null]);
  });

  test("is written whole or not at all, in the transaction of the caller", async () => {
    const before = await writtenActs(pool);
    const failing = database.db.$transaction(async (tx) => {
      await recordActIn(tx, ACT);
      throw new Error("the work failed");
    });
    await expect(failing).rejects.toThrow("the work failed");
    expect(await writtenActs(pool)).toEqual(before);
    await database.db.$transaction((tx) => recordActIn(tx, { ...ACT, at: new Date("2026-11-22T10:00:00Z") }));
    const [entry] = (await pool.query("SELECT at FROM audit_entry ORDER BY id DESC LIMIT 1")).rows;
    expect(entry.at.toISOString()).toBe("2026-11-22T10:00:00.000Z");
  });
});

describe("details", () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
  const kept = async (subject: string) =>
    (
      await pool.query(
        "SELECT entry_id IS NOT NULL AS kept FROM audit_entry LEFT JOIN audit_detail ON entry_id = id WHERE subject = $1",
        [subject],
      )
    ).rows.map((row) => row.kept);

  test("go by their age, their entries stay; those of the last 30 days stay whatever is asked", async () => {
    for (const days of [400, 100, 31, 29, 0]) {
      await recordAct(pool, { ...ACT, subject: `case ${days}`, at: daysAgo(days) });
    }
    expect(await pruneAuditDetails(pool, daysAgo(200))).toBe(1);
    expect([await kept("case 400"), await kept("case 100")]).toEqual([[false], [true]]);
    await pruneAuditDetails(pool, daysAgo(-1));
    const now = await Promise.all([100, 31, 29, 0].map((days) => kept(`case ${days}`)));
    expect(now).toEqual([[false], [false], [true], [true]]);
  });

  test("go through that function alone, which others may not call", async () => {
    const reader = new pg.Client({ connectionString: server.readerOf(database.url) });
    await reader.connect();
    const asked = reader.query("SELECT prune_audit_details(now(), 10)");
    await expect(asked).rejects.toMatchObject({ code: "42501" });
    await reader.end();
    const { rows } = await pool.query("SELECT current_setting('tidewatch.audit_pruning', true) AS on");
    expect(rows[0].on ?? "").not.toBe("on");
  });
});
