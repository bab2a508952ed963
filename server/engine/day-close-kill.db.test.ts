import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import { faultProcess } from "#testing/faults/fault-process.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_SECRET,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { verifyDay } from "../orders/verify-day.ts";

/** O6, C12: kill -9 while a day is being closed, or while its late orders are being applied. */

const DATE = "2026-11-22";
const CLOSES = at("11-24 00:00");
const WAIT = { timeout: 20_000, interval: 20 };

let server: TestServer;
let url: string;
let pool: pg.Pool;
let child: ChildProcess | undefined;
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await pool.end();
});

function startProcess(name: string, ...given: string[]): ChildProcess {
  const script = faultProcess(name);
  child = spawn(process.execPath, [script, url, TEST_SECRET, ...given], { stdio: "inherit" });
  return child;
}

async function rows(sql: string): Promise<unknown[][]> {
  return (await pool.query({ text: sql, rowMode: "array" })).rows;
}

const revisions = () => rows("SELECT revision, late_events FROM day_revision ORDER BY revision");
const revisionNow = () => rows("SELECT revision FROM order_day");
const premiums = () =>
  rows("SELECT biz_hour, total_premium, gross_premium FROM hour_figure ORDER BY biz_hour");

/** Sends orders of 100.00 by a batch of that clock, then stops in order. */
async function sendAll(acceptedAt: number, ...given: [userId: string, orderNo: string, clock: string][]) {
  const writer = await startTestWriter(url, 100_000, TEST_TIME, { dayCloseAfterHours: 24 });
  const events = given.map(([userId, orderNo, clock]) =>
    order({ userId, orderNo, gmtModified: at(`11-22 ${clock}`), payable: fen("100") }),
  );
  await writer.submit(batchOf("orders", events, { acceptedAt }));
  await writer.stop();
}

const sendInTime = () => sendAll(at("11-22 12:00"), ["7", "A1", "10:05"], ["8", "B1", "10:30"]);

async function expectVerified(): Promise<void> {
  const ctx = { pool, epoch: "test", time: TEST_TIME, cipher: TEST_CIPHER };
  expect((await verifyDay(ctx, DATE)).differences).toEqual([]);
}

test.each(["before-begin", "after-begin", "after-log", "before-commit", "after-commit"])(
  "a writer that dies %s of the close leaves the day open or closed, and closed once in the end",
  async (place) => {
    await sendInTime();
    const before = await premiums();
    const clock = CLOSES + 61_000;
    await once(startProcess("writer-process.ts", String(clock), place), "exit");
    const isCommitted = place === "after-commit";
    expect(await revisionNow()).toEqual([[isCommitted ? 1 : 0]]);
    expect(await revisions()).toEqual(isCommitted ? [[1, 0]] : []);
    const given = { dayCloseAfterHours: 24, now: () => clock };
    const successor = await startTestWriter(url, 100_000, TEST_TIME, given);
    await vi.waitFor(async () => expect(await revisionNow()).toEqual([[1]]), WAIT);
    await successor.stop();
    expect(await revisions()).toEqual([[1, 0]]);
    expect(await premiums()).toEqual(before);
    await expectVerified();
  },
);

const standsStill = () =>
  rows(`SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`);

// Somebody locks this table: the command stands still where it wants to write it.
test.each(["last_order", "late_order", "audit_entry", "hour_figure", "day_revision_hour"])(
  "a process that dies while applying late orders, at %s, leaves the revision; applying again takes them in once",
  async (table) => {
    await sendInTime();
    await sendAll(CLOSES, ["7", "A2", "11:10"], ["9", "C1", "10:40"]);
    const before = await premiums();
    const other = await pool.connect();
    await other.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    const dying = startProcess("apply-late-process.ts", DATE);
    await vi.waitFor(async () => expect(await standsStill()).toEqual([[1]]), WAIT);
    const dead = once(dying, "exit");
    dying.kill("SIGKILL");
    await dead;
    await other.query("ROLLBACK");
    other.release();
    await vi.waitFor(async () => expect(await standsStill()).toEqual([[0]]), WAIT);
    expect([await revisionNow(), await revisions(), await premiums()]).toEqual([[[1]], [[1, 0]], before]);
    const [code] = await once(startProcess("apply-late-process.ts", DATE), "exit");
    expect(code).toBe(0);
    expect(await revisions()).toEqual([
      [1, 0],
      [2, 2],
    ]);
    expect(await premiums()).toEqual([
      ["2026112210", "200.00", "300.00"],
      ["2026112211", "100.00", "100.00"],
    ]);
    await expectVerified();
  },
);
