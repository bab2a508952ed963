import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Writer } from "#server/engine/writer.ts";
import { at, fen, order } from "#testing/factories/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { lateEffect } from "../late-effect.ts";
import { verifyDay } from "../verify-day.ts";
import { DayWorkerThread } from "./day-worker.ts";

/** The same answers and the same errors, from a thread of its own. */

const DATE = "2026-11-22";
let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
let dayWorker: DayWorkerThread;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: databaseUrl });
  writer = await startTestWriter(databaseUrl, 100_000, TEST_TIME, { dayCloseAfterHours: 24 });
  const send = (orderNo: string, acceptedAt: number) =>
    writer.submit(
      batchOf("orders", [order({ userId: orderNo.slice(1), orderNo, payable: fen("10") })], { acceptedAt }),
    );
  await send("A1", at("11-22 12:00"));
  await send("A2", at("11-24 08:00"));
  const secretKey = "a secret of tests, longer than thirty-two characters";
  dayWorker = new DayWorkerThread({ databaseUrl, secretKey, zone: "Asia/Shanghai" });
}, 60_000);
afterAll(async () => {
  await dayWorker.stop();
  await writer.stop();
  await pool.end();
  await server.stop();
});

const ctx = () => ({ pool, epoch: "", time: TEST_TIME, cipher: TEST_CIPHER });

test("several at once are answered in turn, each as it would be here", async () => {
  const [effect, verified] = await Promise.all([dayWorker.lateEffect(DATE), dayWorker.verifyDay(DATE)]);
  expect(effect).toEqual(await lateEffect(ctx(), DATE));
  expect(effect.lateEvents).toBe(1);
  expect(verified).toEqual(await verifyDay(ctx(), DATE));
});

test("what is refused there is refused here with the same code; more than can wait is refused at once", async () => {
  await pool.query("UPDATE order_day SET orders_pruned = true");
  await expect(dayWorker.lateEffect(DATE)).rejects.toMatchObject({ code: "pruned", status: 410 });
  const many = await Promise.allSettled(Array.from({ length: 9 }, () => dayWorker.lateEffect(DATE)));
  expect(many.filter(({ status }) => status === "rejected")).toHaveLength(9);
  expect(many[8]).toMatchObject({ reason: { code: "too_busy" } });
});

test("a stop breaks off what runs", async () => {
  const running = dayWorker.verifyDay(DATE);
  const broken = expect(running).rejects.toMatchObject({ code: "unavailable" });
  await dayWorker.stop();
  await broken;
});
