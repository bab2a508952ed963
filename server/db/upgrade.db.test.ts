import { type ChildProcess, spawn } from "node:child_process";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { at, fen, order, premiumChange } from "#testing/factories/events.ts";
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
import { columnsOf } from "../contracts/order-columns-builder.ts";
import { verifyDay } from "../orders/verify-day.ts";
import { appendLog } from "../streams/log/log.ts";
import { encodePayload } from "../streams/log/payload.ts";
import { ORDER_CODEC } from "../streams/orders/order-codec.ts";
import { migrate, readMigrations, schemaDrift } from "./migrate.ts";

/** A database of an earlier version, with data in it, becomes one of this version: nothing is lost, nothing counts twice. */

/** The schema before days closed and before the cumulative rule. */
const EARLIER = ["20261123000000_road", "20261123000100_dead_letter_time"];
/** Landed before another one that is named earlier. */
const FIRST_LANDED = [...EARLIER, "20261123091000_cumulative_rule", "20261123091001_outbox"];

let server: TestServer;
let url: string;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.emptyDatabase();
  pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => undefined);
  await migrate(url, EARLIER);
  await fill();
});
afterEach(() => pool.end());

async function rows(sql: string): Promise<unknown[][]> {
  return (await pool.query({ text: sql, rowMode: "array" })).rows;
}

const ordered = [
  order({ userId: "7", orderNo: "A1", payable: fen("100") }),
  order({ userId: "8", orderNo: "B1", payable: fen("50"), customerTel: "139" }),
];
const dropped = premiumChange({ userId: "7", nowPremium: fen("800"), nowInfo: "term 10" });

/** What the earlier version had stored: two orders, and a customer who fell from 1000 to 800 and whose text was corrected. */
async function fill(): Promise<void> {
  const time = ordered[0]?.gmtModified ?? 0;
  const run = { acceptedAt: at("11-22 12:00"), eventClock: false, events: columnsOf(ordered) };
  await appendLog(pool, 1, [
    {
      stream: "orders",
      firstSeq: 1n,
      count: 2,
      acceptedAt: run.acceptedAt,
      minEventTime: time,
      maxEventTime: time,
      payload: encodePayload(ORDER_CODEC, [run], TEST_CIPHER),
    },
  ]);
  const openedAt = new Date(at("11-22 12:00")).toISOString();
  await pool.query(`
    UPDATE commit_position SET position = 2;
    UPDATE stream SET next_seq = 3, received = 2, applied = 2, watermark = ${time} WHERE name = 'orders';
    UPDATE stream SET next_seq = 2, received = 1, applied = 1 WHERE name = 'premium_changes';
    INSERT INTO hour_figure VALUES ('2026112210', '2026-11-22', 150, 2, 2, 2, 150, 2, 1);
    INSERT INTO key_user (user_id, raw_premium, raw_info, baseline_as_of, as_of_open_id, as_of_event, version)
      VALUES (7, 800, 'corrected', ${dropped.gmtModified}, 'w7', true, 3);
    INSERT INTO baseline_change (user_id, source, effective_at, changed_at, premium_before, premium_after, info_after) VALUES
      (7, 'add', NULL, '${openedAt}', NULL, 1000, 'whole life'),
      (7, 'stream', ${dropped.gmtModified}, '${openedAt}', 1000, 800, 'term 10'),
      (7, 'edit', NULL, '${openedAt}', 800, 800, 'corrected');
    INSERT INTO retention_case (id, user_id, open_user_id, state, triage, baseline_before, amount_now, premium_at_risk,
      occurrence_count, opened_at, updated_at) VALUES (1, 7, 7, 'new', 'new', 1000, 800, 200, 1, '${openedAt}', '${openedAt}');
    INSERT INTO occurrence VALUES ('earlier', 7, 1, '{step}', 1, 1000, 800, 20, 'whole life', 'term 10',
      ${dropped.gmtModified}, 'w7', ${at("11-22 12:00")}, 1);`);
}

const figures = () =>
  rows("SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium FROM hour_figure");
const FIGURES = [["2026112210", "150.00", 2, 2, "150.00"]];

/** The upgraded database is worked with: what is sent again counts once, and the rules go on where they stood. */
async function expectGoesOn(): Promise<void> {
  expect(await schemaDrift(url)).toBe("");
  const writer = await startTestWriter(url);
  const changes = [
    dropped,
    { ...dropped, gmtModified: dropped.gmtModified + 1, nowPremium: fen("700"), nowInfo: null },
  ];
  expect(counts(await writer.submit(batchOf("orders", ordered)))).toEqual({ duplicate: 2 });
  expect(counts(await writer.submit(batchOf("premium_changes", changes)))).toEqual({
    duplicate: 1,
    applied: 1,
  });
  await writer.stop();
  expect(await figures()).toEqual(FIGURES);
  expect(await rows("SELECT user_id, order_no FROM last_order ORDER BY user_id")).toEqual([
    ["7", "A1"],
    ["8", "B1"],
  ]);
  expect(await rows("SELECT anchor, occurrence_count, premium_at_risk, rules FROM retention_case")).toEqual([
    ["1000.00", 2, "300.00", ["cumulative", "step"]],
  ]);
  expect(await rows("SELECT biz_date::text, revision FROM order_day")).toEqual([["2026-11-22", 0]]);
  const ctx = { pool, epoch: "test", time: TEST_TIME, cipher: TEST_CIPHER };
  // Two orders, and their repetition: all are in the log.
  expect(await verifyDay(ctx, "2026-11-22")).toMatchObject({ orders: 4, differences: [] });
}

describe("an upgrade with data", () => {
  test("from the earlier schema", async () => {
    await migrate(url);
    expect(await rows("SELECT rules FROM retention_case")).toEqual([[["step"]]]);
    await expectGoesOn();
  });

  test("from one where a migration had landed before another one that is named earlier", async () => {
    await migrate(url, FIRST_LANDED);
    const missing = (await readMigrations()).migrationDirectories
      .map(({ path }) => path)
      .filter((path) => !FIRST_LANDED.includes(path));
    expect(await migrate(url)).toEqual(missing);
    await expectGoesOn();
  });

  test("by two processes that start together: one migrates, the other finds it done", async () => {
    const [one, other] = await Promise.all([migrate(url), migrate(url)]);
    expect([one.length, other.length].sort()).toEqual([0, one.length + other.length]);
    await expectGoesOn();
  });

  test("that a statement cannot carry out changes nothing and says why", async () => {
    await pool.query("ALTER TABLE retention_case ADD COLUMN lowest_amount int");
    await expect(migrate(url)).rejects.toThrow("lowest_amount");
    expect(await rows("SELECT to_regclass('order_day')")).toEqual([[null]]);
    await pool.query("ALTER TABLE retention_case DROP COLUMN lowest_amount");
    await migrate(url);
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
      child = spawn(process.execPath, [faultProcess("migrate-process.ts"), url], {
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
      await migrate(url);
      await expectGoesOn();
    },
  );
});
