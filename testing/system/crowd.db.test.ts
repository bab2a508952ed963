import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSessions } from "../factories/sessions.ts";
import { CrowdReader, type Snapshot } from "../harness/crowd-reader.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { BOUNDED_BYTES, residentBytes } from "../harness/traffic.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** Many dashboards at once: some never read, then the server dies and all come back in the same moment. */

const READERS = process.env.LONG ? 2_000 : 200;
/** One in so many does not read. */
const ASLEEP = 20;
const AT_ONCE = 50;
const EQUAL_WITHIN_MS = 30_000;
const READING_MS = process.env.LONG ? 20_000 : 3_000;
const KEY = "crowd-test-key-0123456789abcdef01";
const SECRET_KEY = "secret of the crowd's test, one run long";
/** A session holds 20 sockets at most. */
const SOCKETS_OF_SESSION = 10;
const PERSON = { email: "ada@crowd.test", password: "a long enough password" };
const DAY_MS = 86_400_000;
/** Yesterday in UTC, which is the zone here. */
const DATE = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);

let postgres: TestServer;
let server: RealServer;
let pool: pg.Pool;
let dataDir: string;
let environment: Record<string, string>;
let readers: CrowdReader[] = [];
beforeAll(async () => {
  postgres = await startTestServer();
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-crowd-"));
  await chmod(dataDir, 0o755);
  const url = await postgres.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  environment = {
    DATABASE_URL: url,
    INIT_API_KEY: KEY,
    SECRET_KEY,
    INIT_ADMIN_EMAIL: PERSON.email,
    INIT_ADMIN_PASSWORD: PERSON.password,
    BUSINESS_TIME_ZONE: "UTC",
  };
  server = await startRealServer(dataDir, environment);
});
afterAll(async () => {
  for (const reader of readers) reader.close();
  await server?.stop();
  await pool?.end();
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

let orders = 0;
/** One order in any hour of the day; users come back, so hours also lose. */
async function sendOrder(): Promise<void> {
  orders += 1;
  const order = {
    id: orders % 500,
    order_no: `N${orders}`,
    gmt_modified: Date.parse(`${DATE}T00:00:00Z`) + ((orders * 7_919) % 86_400) * 1_000,
    account_payble: "1.00",
  };
  const answer = await fetch(`${server.address}/ingest/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: JSON.stringify(order),
  }).catch(() => null);
  await answer?.arrayBuffer();
}

async function sendFor(ms: number): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; ) {
    await sendOrder();
    await pause(10);
  }
}

async function stored(): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(
    `SELECT biz_hour || ' ' || total_premium || ' ' || gross_order_cnt AS row FROM hour_figure
     WHERE biz_date = $1 AND (winner_cnt > 0 OR gross_order_cnt > 0) ORDER BY biz_hour`,
    [DATE],
  );
  return rows.map(({ row }) => row);
}

/** Every one of these shows what the database has. */
async function expectAllEqual(those: readonly CrowdReader[]): Promise<void> {
  const rows = (await stored()).join("\n");
  const others = () => those.filter((reader) => reader.rows()?.join("\n") !== rows).length;
  await expect.poll(others, { timeout: EQUAL_WITHIN_MS, interval: 500 }).toBe(0);
}

test(`${READERS} dashboards, ${READERS / ASLEEP} of which never read; the server dies, and all come back at once`, async () => {
  const by = { databaseUrl: environment.DATABASE_URL ?? "", secretKey: SECRET_KEY, email: PERSON.email };
  const cookies = await makeSessions(by, READERS / SOCKETS_OF_SESSION);
  const { address } = server;
  const snapshotOf = (cookie: string) => async (): Promise<Snapshot> => {
    const answer = await fetch(`${address}/api/v1/orders/hourly?date=${DATE}`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`the snapshot answered ${answer.status}`);
    return (await answer.json()) as Snapshot;
  };
  await sendFor(500);
  while (readers.length < READERS) {
    const group = Array.from({ length: AT_ONCE }, (_, place) => {
      const cookie = cookies[(readers.length + place) % cookies.length] ?? "";
      return new CrowdReader(address, cookie, snapshotOf(cookie));
    });
    readers = [...readers, ...group];
    await expect.poll(() => group.every((reader) => reader.rows() !== null), { timeout: 60_000 }).toBe(true);
  }
  const asleep = readers.filter((_, index) => index % ASLEEP === 0);
  const awake = readers.filter((_, index) => index % ASLEEP !== 0);
  const memory = await residentBytes(server);
  for (const reader of asleep) reader.stopReading();
  await sendFor(READING_MS);
  await expectAllEqual(awake);
  expect((await residentBytes(server)) - memory).toBeLessThan(BOUNDED_BYTES);
  for (const reader of asleep) reader.readOn();
  await expectAllEqual(readers);

  await server.kill();
  await expect.poll(() => readers.some((reader) => reader.isConnected), { timeout: 10_000 }).toBe(false);
  server = await startRealServer(dataDir, { ...environment, PORT: new URL(address).port });
  const back = performance.now();
  await expect
    .poll(() => readers.filter((reader) => !reader.isConnected).length, { timeout: 30_000, interval: 500 })
    .toBe(0);
  console.info(`all connected ${Math.round(performance.now() - back)} ms after the server was back`);
  await sendFor(500);
  await expectAllEqual(readers);
  console.info(`all ${READERS} equal ${Math.round(performance.now() - back)} ms after the server was back`);
  await sendFor(500);
  await expectAllEqual(readers);
});
