import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fen, order } from "#testing/factories/events.ts";
import { settingsAs } from "#testing/factories/settings.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { Actor } from "../access/can.ts";
import { parseConfig } from "../config/config.ts";
import { makePartitionsAhead, partitionsOf } from "../db/partitions.ts";
import type { Writer } from "../engine/writer.ts";
import { Gone } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { applyLateOrders } from "../orders/apply-late-orders.ts";
import { hourCauses } from "../orders/hour-causes.ts";
import { hourWinners } from "../orders/hour-winners.ts";
import { hourly } from "../orders/hourly.ts";
import { lateEffect } from "../orders/late-effect.ts";
import { replacedOrders } from "../orders/replaced-orders.ts";
import { verifyDay } from "../orders/verify-day.ts";
import { JOBS } from "./jobs.ts";
import { prune } from "./prune.ts";
import { readPruning } from "./pruning.ts";
import { runJob } from "./run-job.ts";

/** What is older than the KEEP_ variables say goes by the month, and nothing goes that is still needed. */

const DAY_MS = 86_400_000;
const CONFIG = parseConfig({
  KEEP_LOG: "60d",
  KEEP_ORDERS: "60d",
  KEEP_DEAD_LETTERS: "60d",
  KEEP_NOTICES: "60d",
});

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
/** The writer's clock and the night's. */
let now: number;
/** The first partition, made by the migration, ends here; ms, yyyy-MM-dd. */
let end: number;
/** A day in it. */
let day: string;
let noon: number;

beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  end = Date.parse((await partitionsOf(pool, "event_log"))[0]?.end ?? "");
  noon = end - 5 * DAY_MS + DAY_MS / 6;
  day = TEST_TIME.dateOf(noon);
  now = noon;
  writer = await startTestWriter(url, 100_000, TEST_TIME, { dayCloseAfterHours: 24, now: () => now });
});
afterEach(async () => {
  await writer.stop();
  await pool.end();
});

const ctx = () => ({
  pool,
  settings: settingsAs(CONFIG),
  epoch: "test",
  time: TEST_TIME,
  cipher: TEST_CIPHER,
  now: () => now,
  writer,
  log: createLog("silent"),
  publish: () => undefined,
});
const ANNA: Actor = { kind: "person", id: "anna", name: "Anna", role: "administrator", sessionId: "s" };

const send = (orderNo: string, gmtModified: number, acceptedAt: number, eventClock = false) => {
  const event = order({ userId: userOf(orderNo), orderNo, gmtModified, payable: fen("10") });
  return writer.submit(batchOf("orders", [event], { acceptedAt, eventClock }));
};
const userOf = (orderNo: string) => String(orderNo.charCodeAt(0) * 10 + Number(orderNo.slice(1)));

/** A day in the first partition, closed since, and one half a year later that is open. */
async function fillDays(): Promise<void> {
  await send("A1", noon, noon);
  now = end + 180 * DAY_MS;
  await send("N1", now, now);
  await pool.query("UPDATE event_log SET committed_on = $1 WHERE first_seq = 2", [TEST_TIME.dateOf(now)]);
  await pool.query(
    "UPDATE commit_feed f SET committed_on = l.committed_on FROM event_log l WHERE l.position = f.position AND l.first_seq = 2",
  );
  await expect.poll(async () => (await count("last_order_past")) === 1 && isCovered()).toBe(true);
}

const isCovered = async () =>
  (
    await pool.query(
      "SELECT 1 FROM stream s WHERE name = 'orders' AND covered_position >= (SELECT max(position) FROM event_log)",
    )
  ).rowCount === 1;
const count = async (table: string) =>
  (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n;
const names = async (table: "event_log" | "last_order") =>
  (await partitionsOf(pool, table)).map(({ name }) => name);
const bizHour = () => TEST_TIME.hourOf(noon);

describe("partitions", () => {
  test("of the months to come are made once, and rows that lie in the rest move into theirs", async () => {
    now = Date.parse("2031-05-20T12:00:00+08:00");
    await send("F1", now, now);
    await expect.poll(() => count("last_order_rest")).toBe(1);
    await prune({ ...ctx(), settings: settingsAs(parseConfig({ KEEP_LOG: "0d", KEEP_ORDERS: "0d" })) });
    await prune({ ...ctx(), settings: settingsAs(parseConfig({ KEEP_LOG: "0d", KEEP_ORDERS: "0d" })) });
    expect(await names("last_order")).toEqual(
      ["past", "2031_05", "2031_06", "2031_07", "rest"].map((part) => `last_order_${part}`),
    );
    expect([await count("last_order_rest"), await count("last_order_2031_05")]).toEqual([0, 1]);
    await send("F1", now + 1, now);
    await expect.poll(isCovered).toBe(true);
    expect(await count("last_order")).toBe(1);
  });
});

describe("pruning", () => {
  test("deletes log and orders of months that are over; figures and newer days stay, and words say so", async () => {
    await fillDays();
    const before = (await hourly(ctx(), { date: day })).hours;
    const pruned = await prune(ctx());
    expect(pruned).toMatchObject({
      log: { pruned: ["event_log_past"], kept: [] },
      orders: { pruned: ["last_order_past"], kept: [] },
    });
    const left = ["event_log", "commit_feed", "last_order", "gross_order"].map(count);
    expect(await Promise.all(left)).toEqual([1, 1, 1, 1]);
    expect((await hourly(ctx(), { date: day })).hours).toEqual(before);
    const { rows } = await ctx().pool.query(
      "SELECT actor, details FROM audit_entry JOIN audit_detail ON entry_id = id WHERE action = 'data.prune' ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toEqual([
      {
        actor: "system",
        details: {
          partitions: ["event_log_past", "last_order_past", "dead_letter_past"],
          notices: 0,
          importRows: 0,
          auditDetails: 0,
        },
      },
    ]);
    expect(await verifyDay(ctx(), day)).toMatchObject({ isLogPruned: true, differences: [] });
    await expect(hourCauses(ctx(), bizHour(), { limit: 50 })).rejects.toThrow(Gone);
    await expect(hourWinners(ctx(), bizHour(), { limit: 50 }, null)).rejects.toThrow(Gone);
    await expect(replacedOrders(ctx(), { date: day, limit: 50 })).rejects.toThrow(Gone);
    await expect(lateEffect(ctx(), day)).rejects.toThrow(Gone);
    expect(await verifyDay(ctx(), TEST_TIME.dateOf(now))).toMatchObject({
      orders: 1,
      differences: [],
      isLogPruned: false,
    });
  });

  test("once more finds nothing, and a day that is filled in afterwards lies in the rest and goes from there", async () => {
    await fillDays();
    await prune(ctx());
    const again = await prune(ctx());
    expect([again.log, again.orders]).toEqual([
      { pruned: [], kept: [] },
      { pruned: [], kept: [] },
    ]);
    await send("B1", noon - DAY_MS, noon, true);
    await expect.poll(() => count("last_order_rest")).toBe(1);
    expect((await prune(ctx())).orders.kept).toEqual([]);
    expect(await count("last_order_rest")).toBe(1); // its day is open
    await pool.query("UPDATE order_day SET revision = 1 WHERE revision = 0");
    expect((await prune(ctx())).orders.pruned).toEqual(["last_order_rest"]);
    expect([await count("last_order"), await count("gross_order")]).toEqual([1, 1]);
  });

  test("keeps what late orders need until they have been applied (O6)", async () => {
    await fillDays();
    await send("A2", noon + 1, now);
    await pool.query("UPDATE event_log SET committed_on = $1 WHERE first_seq = 3", [day]);
    await expect.poll(isCovered).toBe(true);
    const kept = await prune(ctx());
    expect(kept.log.kept).toEqual([{ partition: "event_log_past", need: "late orders" }]);
    expect(kept.orders.kept).toEqual([
      { partition: "last_order_past", need: `${day} is open or has late orders` },
    ]);
    expect(await lateEffect(ctx(), day)).toMatchObject({ lateEvents: 1 });
    await applyLateOrders(ctx(), ANNA, { date: day, seen: 1, reason: "told late" });
    const pruned = await prune(ctx());
    expect([pruned.log.pruned, pruned.orders.pruned]).toEqual([["event_log_past"], ["last_order_past"]]);
    expect(await count("late_order")).toBe(0);
  });

  test("and a write-behind wait for each other only one way: neither is broken off", async () => {
    await fillDays();
    await makePartitionsAhead(pool, TEST_TIME.dateOf(now));
    const flush = await pool.connect();
    await flush.query("BEGIN; LOCK TABLE personal_block IN ROW EXCLUSIVE MODE");
    const pruned = prune(ctx());
    await expect
      .poll(() => count("pg_locks WHERE NOT granted AND relation::regclass::text LIKE 'personal_block%'"))
      .toBe(1);
    await flush.query("LOCK TABLE last_order IN ROW EXCLUSIVE MODE; COMMIT");
    flush.release();
    expect((await pruned).orders.pruned).toEqual(["last_order_past"]);
  });

  test("keeps what a restart replays (C12), and the log of open days", async () => {
    await fillDays();
    await pool.query("UPDATE stream SET covered_position = 0 WHERE name = 'orders'");
    expect((await prune(ctx())).log.kept).toEqual([{ partition: "event_log_past", need: "replay" }]);
    await send("N2", now, now);
    await expect.poll(isCovered).toBe(true);
    await pool.query("UPDATE order_day SET revision = 0");
    expect((await prune(ctx())).log.kept).toEqual([{ partition: "event_log_past", need: "open day" }]);
    await writer.stop();
    writer = await startTestWriter(pool.options.connectionString ?? "", 100_000);
    expect(await count("event_log")).toBe(3);
  });

  test("deletes old rejected lines by the month; those that waited count as discarded (C7)", async () => {
    now = end + 100 * DAY_MS;
    const received = [end - 40 * DAY_MS, end - DAY_MS, end + DAY_MS, end + 99 * DAY_MS];
    for (const at of received) {
      await pool.query(
        `INSERT INTO dead_letter (stream, line, code, message, received_at, received_on, payload, state)
         SELECT s, 1, 'bad', 'bad', $1::timestamptz, $1::date, '', state
         FROM unnest('{orders,orders,page_views}'::text[], '{open,replayed,open}'::text[]) AS x (s, state)`,
        [new Date(at).toISOString()],
      );
    }
    expect((await prune(ctx())).deadLetters.pruned).toEqual(["dead_letter_past", expect.any(String)]);
    expect(await count("dead_letter")).toBe(3);
    const { rows } = await pool.query(
      "SELECT name, dead_letters_discarded::int AS discarded FROM stream WHERE dead_letters_discarded > 0 ORDER BY name",
    );
    expect(rows).toEqual([
      { name: "orders", discarded: 3 },
      { name: "page_views", discarded: 3 },
    ]);
    await pool.query(
      "INSERT INTO dead_letter (stream, line, code, message, received_at, payload) VALUES ('orders', 1, 'bad', 'bad', now(), '')",
    );
    expect(await count("dead_letter")).toBe(4);
  });

  test("deletes notices that have arrived", async () => {
    await pool.query(`INSERT INTO retention_case (id, user_id, state, triage, baseline_before, amount_now, premium_at_risk,
      opened_at, updated_at) VALUES (1, 7, 'new', 'new', 10, 1, 9, now(), now())`);
    await pool.query(
      `INSERT INTO outbox (id, delivery_key, kind, case_id, payload, created_at, routed_at)
       SELECT n, n, 'opened', 1, '{}', to_timestamp($1::float8 / 1000) - '61 days'::interval, now() FROM generate_series(1, 3) n`,
      [now],
    );
    await pool.query(`INSERT INTO delivery (outbox_id, channel, state, next_attempt_at)
      VALUES (1, 'webhook', 'delivered', now()), (2, 'webhook', 'delivered', now()), (2, 'email', 'pending', now())`);
    expect(await prune(ctx())).toMatchObject({ notices: 2 });
    expect(await count("delivery")).toBe(2);
  });

  test("empties proposals that have waited too long; that they were made stays", async () => {
    await pool.query(
      `INSERT INTO proposal (act, payload, told, proposed_at, proposed_by, expires_at)
       SELECT 'list', '\\x01', '{}', now(), 'ada', to_timestamp($1::float8 / 1000) + n * '1 day'::interval FROM unnest(ARRAY[-1, 1]) n`,
      [now],
    );
    await prune(ctx());
    const { rows } = await pool.query("SELECT payload IS NULL AS is_empty FROM proposal ORDER BY expires_at");
    expect(rows).toEqual([{ is_empty: true }, { is_empty: false }]);
  });

  test("runs by itself once a night, where the writer is", async () => {
    await fillDays();
    now = TEST_TIME.startOf(TEST_TIME.dateOf(now)) + 3.9 * 3_600_000;
    expect(await runJob(ctx(), JOBS.prune)).toBeNull();
    now += 3_600_000;
    expect((await runJob(ctx(), JOBS.prune))?.log.pruned).toEqual(["event_log_past"]);
    expect(await runJob(ctx(), JOBS.prune)).toBeNull();
    expect(await readPruning(ctx())).toMatchObject({ at: new Date(now).toISOString(), log: 1, notices: 0 });
  });
});
