import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openClient } from "#server/db/connections.ts";
import { type DatabaseProxy, openProxy } from "../faults/database-proxy.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import {
  BOUNDED_BYTES,
  expectAllOrders,
  noTraffic,
  readiness,
  residentBytes,
  sendOrders,
  TRAFFIC_KEY,
} from "../harness/traffic.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** The database goes away under load, or is slow: what was acknowledged is there, what was not is asked for again (C9, C10, C12). */

const EVENTS_PER_SECOND = 5_000;
const AWAY_MS = process.env.LONG ? 60_000 : 4_000;
const RESETS_MS = process.env.LONG ? 60_000 : 7_000;
const RESET_EVERY_MS = 2_000;
const SLOW_MS = process.env.LONG ? 60_000 : 6_000;
/** On the way of each answer of a slow database. */
const LATENCY_MS = 250;
/** Of each commit on a slow disk. */
const FLUSH_MS = 100;
const CAUGHT_UP_MS = 120_000;

let postgres: TestServer;
let proxy: DatabaseProxy;
let server: RealServer;
let pool: pg.Pool;
let dataDir: string;
beforeAll(async () => {
  postgres = await startTestServer("own");
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  const url = await postgres.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  proxy = await openProxy(url);
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-outage-"));
  await chmod(dataDir, 0o755);
  server = await startRealServer(dataDir, { DATABASE_URL: proxy.url, INIT_API_KEY: TRAFFIC_KEY });
});
afterEach(async () => {
  await server.stop();
  await proxy.close();
  await pool.end();
  await rm(dataDir, { recursive: true, force: true });
});

const traffic = noTraffic();
beforeEach(() => void Object.assign(traffic, noTraffic()));

/** What the test at hand sends; one that fails sends no more, and nobody is left talking to a server that stops. */
let sending: Promise<number> = Promise.resolve(0);
let isOver = false;
beforeEach(() => {
  isOver = false;
});
// Of several hooks the last one runs first.
afterEach(async () => {
  isOver = true;
  await sending.catch(() => undefined);
});

const sendFor = (ms: number) => {
  const until = Date.now() + ms;
  sending = sendOrders(server, traffic, EVENTS_PER_SECOND, () => !isOver && Date.now() < until);
  return sending;
};
const isReady = () => readiness(server);

test(`the database is away for ${AWAY_MS / 1000} s under 5,000 events a second`, async () => {
  const sent = sendFor(AWAY_MS + 3_000);
  await expect.poll(() => traffic.acknowledged).toBeGreaterThan(3);
  const memory = await residentBytes(server);
  proxy.cut();
  await expect.poll(isReady, { timeout: 10_000 }).toBe(503);
  await pause(AWAY_MS);
  expect(traffic.refused).toBeGreaterThan(0);
  expect((await residentBytes(server)) - memory).toBeLessThan(BOUNDED_BYTES);
  proxy.restore();
  const restored = performance.now();
  const bodies = await sent;
  console.info(`caught up ${Math.round(performance.now() - restored)} ms after the database came back`);
  expect(performance.now() - restored).toBeLessThan(CAUGHT_UP_MS);
  expect(await isReady()).toBe(200);
  expect(traffic.withoutRetryAfter).toBe(0);
  expect(traffic.acknowledged).toBe(bodies);
  await expectAllOrders(pool, bodies);
});

test("every connection is reset every two seconds under 5,000 events a second", async () => {
  const resets = setInterval(() => {
    proxy.cut();
    proxy.restore();
  }, RESET_EVERY_MS);
  // Where reading the state takes longer than from one reset to the next there would be no end to it.
  const calm = setTimeout(() => clearInterval(resets), RESETS_MS);
  const bodies = await sendFor(RESETS_MS).finally(() => {
    clearTimeout(calm);
    clearInterval(resets);
  });
  expect(traffic.withoutRetryAfter).toBe(0);
  await expectAllOrders(pool, bodies);
});

/** Slow is not away: commits go on, in larger groups, and whoever asks is told the truth. */
async function goesOnWhileSlow(begin: () => unknown, end: () => unknown): Promise<void> {
  const sent = sendFor(SLOW_MS + 3_000);
  await expect.poll(() => traffic.acknowledged).toBeGreaterThan(3);
  const memory = await residentBytes(server);
  await begin();
  const before = traffic.acknowledged;
  await pause(SLOW_MS);
  expect(traffic.acknowledged).toBeGreaterThan(before);
  expect(await isReady()).toBe(200);
  expect((await residentBytes(server)) - memory).toBeLessThan(BOUNDED_BYTES);
  await end();
  const restored = performance.now();
  const bodies = await sent;
  console.info(`caught up ${Math.round(performance.now() - restored)} ms after the database was quick again`);
  expect(performance.now() - restored).toBeLessThan(CAUGHT_UP_MS);
  expect(traffic.withoutRetryAfter).toBe(0);
  await expectAllOrders(pool, bodies);
}

test(`every answer of the database takes ${LATENCY_MS} ms longer for ${SLOW_MS / 1000} s under 5,000 events a second`, () =>
  goesOnWhileSlow(
    () => proxy.delayAnswers(LATENCY_MS),
    () => proxy.delayAnswers(0),
  ));

test(`the disk takes ${FLUSH_MS} ms longer for each commit for ${SLOW_MS / 1000} s under 5,000 events a second`, () =>
  goesOnWhileSlow(
    async () => {
      await delayFlushes(FLUSH_MS);
      const started = performance.now();
      // A commit may join a flush that has begun, or be written by the log writer, which does not wait: never most of ten.
      for (let commit = 0; commit < 10; commit++) await pool.query(`CREATE TABLE slow_${commit} ()`);
      expect(performance.now() - started).toBeGreaterThan(5 * FLUSH_MS);
    },
    () => delayFlushes(0),
  ));

/** PostgreSQL itself waits before it flushes its log for a commit. */
async function delayFlushes(ms: number): Promise<void> {
  const admin = await openClient({ connectionString: postgres.adminUrl });
  await admin.query(`ALTER SYSTEM SET commit_delay = ${ms * 1_000}`);
  await admin.query("ALTER SYSTEM SET commit_siblings = 0");
  await admin.query("SELECT pg_reload_conf()");
  await admin.end();
  const isSet = async () => {
    const { rows } = await pool.query("SELECT setting FROM pg_settings WHERE name = 'commit_delay'");
    return Number(rows[0].setting);
  };
  await expect.poll(isSet).toBe(ms * 1_000);
}
