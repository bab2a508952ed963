import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type DatabaseProxy, openProxy } from "./database-proxy.ts";
import { type RealServer, startRealServer } from "./real-server.ts";
import { startTestServer, type TestServer } from "./writer-harness.ts";

/** The database goes away under load: what was acknowledged is there, what was not is asked for again (C9, C10, C12). */

const run = promisify(execFile);
const KEY = "outage-test-key-0123456789abcdef";
const EVENTS_PER_SECOND = 5_000;
const BATCH = 500;
const AWAY_MS = process.env.LONG ? 60_000 : 4_000;
const RESETS_MS = process.env.LONG ? 60_000 : 7_000;
const RESET_EVERY_MS = 2_000;
const CAUGHT_UP_MS = 120_000;
/** Growth of the process that counts as bounded, bytes: its queues are, and so is what a garbage collector leaves. */
const MEMORY_BYTES = 400 * 1024 * 1024;

let postgres: TestServer;
let proxy: DatabaseProxy;
let server: RealServer;
let pool: pg.Pool;
let dataDir: string;
beforeAll(async () => {
  postgres = await startTestServer();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  const url = await postgres.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  proxy = await openProxy(url);
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-outage-"));
  await chmod(dataDir, 0o755);
  server = await startRealServer(dataDir, { DATABASE_URL: proxy.url, INIT_API_KEY: KEY });
});
afterEach(async () => {
  await server.stop();
  await proxy.close();
  await pool.end();
  await rm(dataDir, { recursive: true, force: true });
});

/** Bodies that were acknowledged, and how often the server asked for patience. */
interface Traffic {
  acknowledged: number;
  refused: number;
  /** Answers that asked to come again without saying when. */
  withoutRetryAfter: number;
}

const bodyOf = (number: number, now: number): string =>
  Array.from(
    { length: BATCH },
    (_, line) =>
      `{"id":"${number * BATCH + line}","order_no":"N${number}-${line}","gmt_modified":${now},"account_payble":"1.00"}`,
  ).join("\n");

/** Sends one body until it is acknowledged. */
async function deliver(body: string, traffic: Traffic): Promise<void> {
  for (;;) {
    const answer = await fetch(`${server.address}/ingest/orders`, {
      method: "POST",
      headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
      body,
    });
    await answer.arrayBuffer();
    if (answer.status === 200) {
      traffic.acknowledged += 1;
      return;
    }
    expect([429, 503]).toContain(answer.status);
    traffic.refused += 1;
    if (!(Number(answer.headers.get("retry-after")) > 0)) traffic.withoutRetryAfter += 1;
    await pause(200);
  }
}

/** Offers 5,000 events a second for so long, whatever becomes of them; resolves when all are acknowledged. */
async function send(forMs: number, traffic: Traffic): Promise<number> {
  const bodies: Promise<void>[] = [];
  const began = Date.now();
  for (let number = 0; Date.now() - began < forMs; number += 1) {
    bodies.push(deliver(bodyOf(number, began), traffic));
    const due = began + ((number + 1) * BATCH * 1_000) / EVENTS_PER_SECOND;
    await pause(Math.max(0, due - Date.now()));
  }
  await Promise.all(bodies);
  return bodies.length;
}

/** Resident memory of the server's process, bytes. */
async function residentBytes(): Promise<number> {
  const pid = String(server.process.pid);
  if (process.platform !== "linux") return Number((await run("ps", ["-o", "rss=", "-p", pid])).stdout) * 1024;
  return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

const isReady = async () => (await fetch(`${server.address}/readyz`)).status;

async function expectAll(bodies: number): Promise<void> {
  const { rows } = await pool.query(
    `SELECT (SELECT sum(gross_order_cnt)::int FROM hour_figure) AS counted,
       (SELECT sum(policy_cnt)::int FROM hour_figure) AS policies, (SELECT sum(total_premium) FROM hour_figure) AS premium`,
  );
  const events = bodies * BATCH;
  expect(rows).toEqual([{ counted: events, policies: events, premium: `${events}.00` }]);
}

test(`the database is away for ${AWAY_MS / 1000} s under 5,000 events a second`, async () => {
  const traffic: Traffic = { acknowledged: 0, refused: 0, withoutRetryAfter: 0 };
  const sending = send(AWAY_MS + 3_000, traffic);
  await expect.poll(() => traffic.acknowledged).toBeGreaterThan(3);
  const memory = await residentBytes();
  proxy.cut();
  await expect.poll(isReady, { timeout: 10_000 }).toBe(503);
  await pause(AWAY_MS);
  expect(traffic.refused).toBeGreaterThan(0);
  expect((await residentBytes()) - memory).toBeLessThan(MEMORY_BYTES);
  proxy.mend();
  const mended = performance.now();
  const bodies = await sending;
  console.info(`caught up ${Math.round(performance.now() - mended)} ms after the database came back`);
  expect(performance.now() - mended).toBeLessThan(CAUGHT_UP_MS);
  expect(await isReady()).toBe(200);
  expect(traffic.withoutRetryAfter).toBe(0);
  expect(traffic.acknowledged).toBe(bodies);
  await expectAll(bodies);
});

test("every connection is reset every two seconds under 5,000 events a second", async () => {
  const traffic: Traffic = { acknowledged: 0, refused: 0, withoutRetryAfter: 0 };
  const resets = setInterval(() => {
    proxy.cut();
    proxy.mend();
  }, RESET_EVERY_MS);
  const bodies = await send(RESETS_MS, traffic).finally(() => clearInterval(resets));
  expect(traffic.withoutRetryAfter).toBe(0);
  await expectAll(bodies);
});
