import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, fen, order } from "#testing/factories/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import type { LateEffect } from "../contracts/api/days.ts";
import type { VerifiedDay } from "../contracts/verified-day.ts";
import type { Writer } from "../engine/writer.ts";
import { createLog } from "../lib/log.ts";
import { lateEffect } from "../orders/late-effect.ts";
import { datesWithOrders, verifyDay } from "../orders/verify-day.ts";
import { JOBS } from "./jobs.ts";
import { runJob } from "./run-job.ts";

/** Stored figures against a naive recomputation from the log, by hand and each night. */

const DATE = "2026-11-22";
let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
let now = at("11-23 02:59");

beforeAll(async () => {
  server = await startTestServer();
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url, 100_000, TEST_TIME, { dayCloseAfterHours: 24 });
  const send = (userId: string, orderNo: string, time: string, acceptedAt: number) => {
    const event = order({ userId, orderNo, gmtModified: at(time), payable: fen("10"), customerTel: "1" });
    return writer.submit(batchOf("orders", [event], { acceptedAt }));
  };
  await send("7", "A1", "11-22 10:05", at("11-22 12:00"));
  await send("8", "A1", "11-22 10:30", at("11-22 12:00"));
  await send("7", "A2", "11-22 11:10", at("11-22 12:00"));
  await send("9", "B1", "11-22 11:20", at("11-24 00:00"));
}, 60_000);
afterAll(async () => {
  await writer.stop();
  await pool.end();
  await server.stop();
});

const ctx = () => ({
  pool,
  epoch: "test",
  time: TEST_TIME,
  cipher: TEST_CIPHER,
  now: () => now,
  writer,
  log: createLog("silent"),
  dayWorker: {
    verifyDay: (date: string): Promise<VerifiedDay> => verifyDay(ctx(), date),
    lateEffect: (date: string): Promise<LateEffect> => lateEffect(ctx(), date),
  },
});

test("a day as the writer left it is equal; an order that came late is in neither (O6)", async () => {
  expect(await verifyDay(ctx(), DATE)).toEqual({
    date: DATE,
    orders: 3,
    hours: 2,
    differences: [],
    isLogPruned: false,
  });
});

test("runs once a night, and not before three", async () => {
  expect(await runJob(ctx(), JOBS["verify-days"])).toBeNull();
  now = at("11-23 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({
    ranOn: "2026-11-23",
    days: 1,
    differences: 0,
  });
  now = at("11-23 04:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toBeNull();
});

test("names each figure that the log does not give", async () => {
  await pool.query("UPDATE hour_figure SET policy_cnt = 2 WHERE biz_hour = '2026112211'");
  await pool.query("DELETE FROM hour_figure WHERE biz_hour = '2026112210'");
  const { differences } = await verifyDay(ctx(), DATE);
  expect(differences).toContainEqual({
    bizHour: "2026112211",
    figure: "policy_cnt",
    stored: "2",
    recomputed: "1",
  });
  expect(differences.filter(({ bizHour }) => bizHour === "2026112210")).toHaveLength(5);
  now = at("11-24 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({ differences: 6 });
});

test("a day that is wrong stays named until it is not", async () => {
  now = at("11-29 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({ days: 1, differences: 6, wrong: [DATE] });
  await pool.query("UPDATE hour_figure SET policy_cnt = 1 WHERE biz_hour = '2026112211'");
  now = at("11-30 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({ days: 1, differences: 5, wrong: [DATE] });
});

test("an earlier day of which figures have changed is verified as well", async () => {
  const old = order({ userId: "7", orderNo: "O1", gmtModified: at("10-05 10:00"), payable: fen("10") });
  await writer.submit(
    batchOf("orders", [old], { acceptedAt: old.gmtModified, clockFrom: 0, eventClock: true }),
  );
  await pool.query("UPDATE hour_figure SET total_premium = 9 WHERE biz_hour = '2026100510'");
  now = at("12-01 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({
    days: 2,
    differences: 6,
    wrong: [DATE, "2026-10-05"],
  });
});

test("a day of which every figure is lost is due as well", async () => {
  await pool.query("DELETE FROM hour_figure WHERE biz_date = '2026-10-05'");
  now = at("12-02 03:00");
  expect(await runJob(ctx(), JOBS["verify-days"])).toMatchObject({ wrong: [DATE, "2026-10-05"] });
  expect(await datesWithOrders(ctx())).toEqual([DATE, "2026-10-05"]);
});
