import { type ChildProcess, spawn } from "node:child_process";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fen, order, premiumChange } from "#testing/factories/events.ts";
import { faultProcess } from "#testing/faults/fault-process.ts";
import {
  batchOf,
  counts,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { verifyDay } from "../orders/verify-day.ts";
import { migrate } from "./migrate.ts";
import { type Migration, migrationOf, readMigrations } from "./migrations.ts";

/**
 * A database with data in it gets one more migration: nothing is lost, nothing counts twice, and it is there as a whole or not at
 * all. From the first tag on, the databases of tagged versions are upgraded here as well.
 */

/** As later ones will be: new columns, filled from the rows that are there. */
const LATER = migrationOf(
  "29990101000000_later",
  `ALTER TABLE hour_figure ADD COLUMN mean_premium decimal(38,2);
   UPDATE hour_figure SET mean_premium = total_premium / winner_cnt;
   ALTER TABLE alert_rule ADD COLUMN note text NOT NULL DEFAULT '';
   ALTER TABLE occurrence ADD COLUMN loss decimal(18,2);
   UPDATE occurrence SET loss = baseline_before - amount_now;
   CREATE TABLE case_note (case_id bigint PRIMARY KEY REFERENCES retention_case);
   INSERT INTO case_note SELECT id FROM retention_case;`,
);

let server: TestServer;
let url: string;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => undefined);
  await fill();
});
afterEach(() => pool.end());

async function rows(sql: string): Promise<unknown[][]> {
  return (await pool.query({ text: sql, rowMode: "array" })).rows;
}

const upgrade = async (...later: readonly Migration[]): Promise<string[]> =>
  migrate(url, { migrations: [...(await readMigrations()), ...later] });

const ordered = [
  order({ userId: "7", orderNo: "A1", payable: fen("100") }),
  order({ userId: "8", orderNo: "B1", payable: fen("50"), customerTel: "139" }),
];
const dropped = premiumChange({ userId: "7", nowPremium: fen("800"), nowInfo: "term 10" });

/** Two orders, and a customer who fell from 1000 to 800. */
async function fill(): Promise<void> {
  await pool.query(
    "INSERT INTO key_user (user_id, raw_premium, raw_info, updated_by) VALUES (7, 1000, 'whole life', 'test')",
  );
  const writer = await startTestWriter(url);
  await writer.submit(batchOf("orders", ordered));
  await writer.submit(batchOf("premium_changes", [dropped]));
  await writer.stop();
}

const FIGURES = [["2026112210", "150.00", 2, 2, "150.00"]];
const figures = () =>
  rows("SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium FROM hour_figure");

/** The upgraded database is worked with: what is sent again counts once, and the rules go on where they stood. */
async function expectGoesOn(): Promise<void> {
  expect(await rows("SELECT mean_premium FROM hour_figure")).toEqual([["75.00"]]);
  expect(await rows("SELECT loss, case_id = (SELECT case_id FROM case_note) FROM occurrence")).toEqual([
    ["200.00", true],
  ]);
  const writer = await startTestWriter(url);
  const more = { ...dropped, gmtModified: dropped.gmtModified + 1, nowPremium: fen("600"), nowInfo: null };
  expect(counts(await writer.submit(batchOf("orders", ordered)))).toEqual({ duplicate: 2 });
  expect(counts(await writer.submit(batchOf("premium_changes", [dropped, more])))).toEqual({
    duplicate: 1,
    applied: 1,
  });
  await writer.stop();
  expect(await figures()).toEqual(FIGURES);
  expect(await rows("SELECT user_id, order_no FROM last_order ORDER BY user_id")).toEqual([
    ["7", "A1"],
    ["8", "B1"],
  ]);
  expect(await rows("SELECT anchor, occurrence_count, premium_at_risk FROM retention_case")).toEqual([
    ["1000.00", 2, "400.00"],
  ]);
  const ctx = { pool, epoch: "test", time: TEST_TIME, cipher: TEST_CIPHER };
  // Two orders, and their repetition: all are in the log.
  expect(await verifyDay(ctx, "2026-11-22")).toMatchObject({ orders: 4, differences: [] });
}

describe("an upgrade with data", () => {
  test("applies what is new, and keeps what is there", async () => {
    expect(await upgrade(LATER)).toEqual([LATER.name]);
    await expectGoesOn();
    expect(await upgrade(LATER)).toEqual([]);
  });

  test("where a migration had landed before another one that is named earlier", async () => {
    const earlier = migrationOf("29980101000000_earlier", "CREATE TABLE landed_later (n int)");
    expect(await upgrade(LATER)).toEqual([LATER.name]);
    expect(await upgrade(earlier, LATER)).toEqual([earlier.name]);
    await expectGoesOn();
  });

  test("by two processes that start together: one migrates, the other finds it done", async () => {
    const applied = await Promise.all([upgrade(LATER), upgrade(LATER)]);
    expect(applied.flat()).toEqual([LATER.name]);
    await expectGoesOn();
  });

  test("that a statement cannot execute changes nothing and says why, of those before it as well", async () => {
    const broken = migrationOf(
      "29990102000000_broken",
      "CREATE TABLE more (n int); UPDATE stream SET nothing_such = 1",
    );
    await expect(upgrade(LATER, broken)).rejects.toThrow("nothing_such");
    expect(await rows("SELECT to_regclass('case_note'), to_regclass('more')")).toEqual([[null, null]]);
    expect(await upgrade(LATER)).toEqual([LATER.name]);
    await expectGoesOn();
  });
});

describe("kill -9 in the middle of a migration", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  // Somebody reads this table: the migration stands still where it wants to change it.
  test.each(["hour_figure", "alert_rule", "occurrence", "retention_case"])(
    "at %s: the schema is as it was, and the next start finishes it",
    async (table) => {
      const before = await rows("SELECT migration_name FROM _prisma_migrations ORDER BY 1");
      const reader = await pool.connect();
      await reader.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      child = spawn(process.execPath, [faultProcess("migrate-process.ts"), url, LATER.name, LATER.sql], {
        stdio: "inherit",
      });
      const standsStill = `SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await vi.waitFor(async () => expect(await rows(standsStill)).toEqual([[1]]), {
        timeout: 20_000,
        interval: 20,
      });
      child.kill("SIGKILL");
      await reader.query("ROLLBACK");
      reader.release();
      expect(await rows("SELECT migration_name FROM _prisma_migrations ORDER BY 1")).toEqual(before);
      expect(await rows("SELECT to_regclass('case_note')")).toEqual([[null]]);
      await upgrade(LATER);
      await expectGoesOn();
    },
  );
});
