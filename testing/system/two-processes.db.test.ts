import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueKey, revokeKeys } from "#server/access/api-keys.ts";
import { openDatabase } from "#server/db/database.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** Two systems on one database: one writes, the other stands by; a lease with an epoch decides (C10, C12). */

const KEY = "two-processes-key-0123456789abcdef";
/** How long the leader stands still: well beyond the lease. */
const PAUSE_MS = process.env.LONG ? 60_000 : 8_000;
/** A lease lives five seconds; a standby asks twice a second. */
const TAKEOVER_MS = 12_000;

/** A revoked key is refused by every process after this. */
const REFUSED_MS = 2_000;

let postgres: TestServer;
let databaseUrl: string;
let pool: pg.Pool;
let dataDir: string;
let systems: RealServer[];
beforeAll(async () => {
  postgres = await startTestServer("own");
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-two-"));
  await chmod(dataDir, 0o755);
  databaseUrl = await postgres.freshDatabase();
  const environment = { DATABASE_URL: databaseUrl, INIT_API_KEY: KEY };
  pool = new pg.Pool({ connectionString: databaseUrl });
  systems = [];
  for (let count = 0; count < 2; count += 1) systems.push(await startRealServer(dataDir, environment));
});
afterEach(async () => {
  await Promise.all(systems.map((system) => system.stop()));
  await pool.end();
  await rm(dataDir, { recursive: true, force: true });
});

let orders = 0;
/** Sends one new order; the answer's status, or null when nobody answered. */
async function sendTo(system: RealServer): Promise<number | null> {
  orders += 1;
  return resend(system, orders);
}

async function resend(system: RealServer, order: number): Promise<number | null> {
  const answer = await fetch(`${system.address}/ingest/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: `{"id":"${order}","order_no":"N${order}","gmt_modified":${Date.now()},"account_payble":"1.00"}`,
  }).catch(() => null);
  if (answer?.status === 503) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  return answer?.status ?? null;
}

async function deliver(system: RealServer, within: number): Promise<void> {
  orders += 1;
  await expect.poll(() => resend(system, orders), { timeout: within, interval: 100 }).toBe(200);
}

const figures = async () =>
  (
    await pool.query(
      `SELECT (SELECT sum(gross_order_cnt)::int FROM hour_figure) AS counted,
         (SELECT applied::int FROM stream WHERE name = 'orders') AS applied,
         (SELECT coalesce(sum(count), 0)::int FROM event_log) AS logged`,
    )
  ).rows[0] as { counted: number; applied: number; logged: number };

function pair(): { leader: RealServer; standby: RealServer } {
  const [leader, standby] = systems;
  if (!leader || !standby) throw new Error("two systems were not started");
  return { leader, standby };
}

describe("of two systems on one database", () => {
  test("one writes and the other hands on to it; when the first is killed, the second takes over within seconds", async () => {
    const { leader, standby } = pair();
    expect(await sendTo(leader)).toBe(200);
    expect(await sendTo(standby)).toBe(200); // handed on
    await leader.kill();
    const began = performance.now();
    await deliver(standby, TAKEOVER_MS);
    console.info(`taken over ${Math.round(performance.now() - began)} ms after the leader's death`);
    expect(await figures()).toEqual({ counted: 3, applied: 3, logged: 3 });
  });

  test(`a leader that stood still for ${PAUSE_MS / 1000} s commits nothing under its old epoch`, async () => {
    const { leader, standby } = pair();
    expect(await sendTo(leader)).toBe(200);
    leader.process.kill("SIGSTOP");
    // Taken by the operating system; the leader will read it when it wakes, believing that it leads.
    const late = sendTo(leader);
    const awake = pause(PAUSE_MS);
    await deliver(standby, TAKEOVER_MS);
    await awake;
    leader.process.kill("SIGCONT");
    expect(await late).toBe(503);
    expect(await sendTo(leader)).toBe(200); // handed on, to the one that was the standby
    expect(await sendTo(standby)).toBe(200);
    expect(await figures()).toEqual({ counted: 4, applied: 4, logged: 4 });
  });

  test("both refuse a key within two seconds after it was revoked, though they saw it the moment before", async () => {
    const database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
    const { id, secret } = await issueKey(database.db, { name: "bi", scopes: ["read"] }, "test");
    const headers = { authorization: `Bearer ${secret}` };
    const statusAt = async ({ address }: RealServer) =>
      (await fetch(`${address}/api/v1/pipeline`, { headers })).status;
    expect(await Promise.all(systems.map(statusAt))).toEqual([200, 200]);
    await database.db.$transaction((tx) => revokeKeys(tx, { id }, "test", "lost"));
    const began = performance.now();
    const refused = systems.map((system) =>
      expect.poll(() => statusAt(system), { timeout: 10_000, interval: 20 }).toBe(401),
    );
    await Promise.all(refused);
    expect(performance.now() - began).toBeLessThan(REFUSED_MS);
    await database.close();
  });
});
