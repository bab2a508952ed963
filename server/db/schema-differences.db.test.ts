import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { makePartitionsAhead } from "./partitions.ts";
import { schemaDifferences } from "./schema-differences.ts";

let server: TestServer;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
});

async function after(work: (pool: pg.Pool) => Promise<unknown>): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url });
  await work(pool).finally(() => pool.end());
  return schemaDifferences(url);
}

test("there is none in a database that was migrated, whatever partitions it has and however often it is asked", async () => {
  expect(await after((pool) => makePartitionsAhead(pool, "2031-05-06"))).toEqual([]);
  expect(await schemaDifferences(url)).toEqual([]);
});

test.each([
  ["ALTER TABLE stream DROP COLUMN watermark", ["missing: column stream.watermark bigint "]],
  [
    "ALTER TABLE stream ALTER watermark TYPE numeric",
    [expect.any(String), expect.stringContaining("watermark")],
  ],
  [
    'ALTER TABLE session DROP CONSTRAINT "session_userId_fkey"',
    [expect.stringMatching(/^missing: constraint session/)],
  ],
  [
    "CREATE INDEX by_hand ON stream (watermark)",
    ["not of ours: CREATE INDEX by_hand ON stream USING btree (watermark)"],
  ],
  ["DROP TRIGGER insert_only ON audit_detail", ["missing: trigger audit_detail.insert_only"]],
  [
    "ALTER TABLE audit_entry DISABLE TRIGGER insert_only",
    [
      "not of ours: trigger audit_entry.insert_only (not as it was made)",
      "missing: trigger audit_entry.insert_only",
    ],
  ],
  [
    "CREATE OR REPLACE VIEW user_last_log AS SELECT account_id, device_id, page_name AS bury_point_type, page_name FROM last_page",
    [
      expect.stringMatching(/^not of ours: view user_last_log/),
      expect.stringMatching(/^missing: view user_last_log/),
    ],
  ],
])("%s is told", async (statement, told) => {
  expect(await after((pool) => pool.query(statement))).toEqual(told);
});
