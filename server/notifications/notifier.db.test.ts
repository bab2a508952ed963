import { type ChildProcess, spawn } from "node:child_process";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { at, fen, premiumChange } from "#testing/factories/events.ts";
import { faultProcess } from "#testing/faults/fault-process.ts";
import {
  answers,
  hangsUp,
  type Receiver,
  startReceiver,
  staysSilent,
  takes,
} from "#testing/harness/receiver.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { createLog } from "../lib/log.ts";
import { MAX_ATTEMPTS } from "./back-off.ts";
import { Notifier } from "./notifier.ts";
import { outboxStatus } from "./outbox-status.ts";
import { createWebhook } from "./webhook.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const CLAIM_MS = 60_000;

let server: TestServer;
let url: string;
let pool: pg.Pool;
let receiver: Receiver;
let now: number;

beforeAll(async () => {
  server = await startTestServer();
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.stop();
}, 60_000);
beforeEach(async () => {
  receiver = await startReceiver();
  now = at("11-22 12:00");
  await pool.query(
    "TRUNCATE delivery, outbox, occurrence, case_event, retention_case, baseline_change, key_user",
  );
});
afterEach(() => receiver.close());

/** Busy cores take their time to answer: only silence is waited for shortly. */
const PATIENT_MS = 30_000;

const notifier = (timeoutMs = PATIENT_MS) =>
  new Notifier({
    pool,
    channels: async () => [
      createWebhook({
        url: receiver.url,
        secret: SECRET,
        allowPrivate: true,
        publicUrl: undefined,
        now: () => now,
        timeoutMs,
      }),
    ],
    now: () => now,
    random: () => 1,
    log: createLog("silent"),
    claimMs: CLAIM_MS,
  });

/** Lists users with 1000 and sends each the amounts, a second apart, in a transaction of their own. */
async function alerts(users: readonly string[], ...amounts: string[]): Promise<void> {
  const writer = await startTestWriter(url);
  for (const userId of users) {
    await pool.query("INSERT INTO key_user (user_id, raw_premium) VALUES ($1, 1000) ON CONFLICT DO NOTHING", [
      userId,
    ]);
  }
  for (const [index, amount] of amounts.entries()) {
    const events = users.map((userId) =>
      premiumChange({ userId, nowPremium: fen(amount), gmtModified: at("11-22 10:00") + index * 1000 }),
    );
    await writer.submit(batchOf("premium_changes", events));
    await writer.submit(batchOf("premium_changes", events));
  }
  await writer.stop();
}

const states = async () =>
  (
    await pool.query({
      text: "SELECT state, attempts, last_error FROM delivery ORDER BY id",
      rowMode: "array",
    })
  ).rows as unknown[][];
const keys = () => receiver.received.map(({ key }) => key);

describe("K9: what is sent", () => {
  test("a new case, its escalations, and its return; not what joins without being worse", async () => {
    await alerts(["7"], "800", "600", "950", "700");
    const { rows } = await pool.query("SELECT kind, payload FROM outbox ORDER BY id");
    expect(rows.map(({ kind, payload }) => [kind, payload.amountNow, payload.premiumAtRisk])).toEqual([
      ["opened", "800.00", "200.00"],
      ["escalated", "600.00", "400.00"],
    ]);
    await pool.query("UPDATE retention_case SET state = 'closed', triage = 'closed', open_user_id = NULL");
    const writer = await startTestWriter(url);
    await writer.submit(
      batchOf("premium_changes", [premiumChange({ nowPremium: fen("1"), gmtModified: at("11-22 11:00") })]),
    );
    await writer.stop();
    expect((await pool.query("SELECT kind FROM outbox ORDER BY id")).rows.at(-1)).toEqual({
      kind: "regressed",
    });
  });

  test("an event sent again makes no second notice, and a notice delivered is not sent again", async () => {
    await alerts(["7"], "500");
    const carrier = notifier();
    expect([await carrier.pass(), await carrier.pass()]).toEqual([1, 0]);
    expect(keys()).toHaveLength(1);
    expect(keys()[0]).toMatch(/^alert_[0-9a-f]{32}$/);
    expect(await states()).toEqual([["delivered", 1, null]]);
    expect(await outboxStatus({ pool, now: () => now })).toEqual({ depth: 0, dead: 0, oldestSeconds: null });
  });
});

describe("K9: a receiver that fails gets each notice later, under the same key", () => {
  test.each([
    ["refusing", answers(503), "answered 503", PATIENT_MS],
    ["slow", staysSilent, "no answer within 200 ms", 200],
    ["hanging up half-way", hangsUp, "socket hang up", PATIENT_MS],
  ])("%s", async (_, manner, reason, timeoutMs) => {
    await alerts(["7", "8"], "500");
    receiver.behave(manner);
    const carrier = notifier(timeoutMs);
    expect(await carrier.pass()).toBe(2);
    expect(await states()).toEqual([
      ["pending", 1, reason],
      ["pending", 1, reason],
    ]);
    expect(await carrier.pass(), "not before its time").toBe(0);
    now += 5_000;
    expect(await carrier.pass()).toBe(2);
    now += 5_000;
    expect(await carrier.pass(), "twice as long").toBe(0);
    now += 5_000;
    receiver.behave(takes);
    expect(await notifier().pass()).toBe(2);
    expect(new Set(keys()).size).toBe(2);
    expect(keys()).toHaveLength(6);
    expect(await states()).toEqual([
      ["delivered", 3, null],
      ["delivered", 3, null],
    ]);
  });

  test("after the last attempt a delivery is dead, and seen to be", async () => {
    await alerts(["7"], "500");
    receiver.behave(answers(500));
    const carrier = notifier();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      expect(await carrier.pass()).toBe(1);
      now += 3_600_000;
    }
    expect(await carrier.pass()).toBe(0);
    expect(await states()).toEqual([["dead", MAX_ATTEMPTS, "answered 500"]]);
    expect(await outboxStatus({ pool, now: () => now })).toMatchObject({ depth: 0, dead: 1 });
  });
});

test("a channel that does not answer holds up no other", async () => {
  await alerts(
    Array.from({ length: 45 }, (_, index) => String(index + 1)),
    "800",
  );
  const told = new Set<string>();
  let giveUp: (error: Error) => void = () => undefined;
  const silence = new Promise<void>((_, reject) => {
    giveUp = reject;
  });
  const running = new Notifier({
    pool,
    channels: async () => [
      { name: "webhook", send: () => silence },
      { name: "email", send: async ({ key }) => void told.add(key) },
    ],
    now: () => now,
    random: () => 1,
    log: createLog("silent"),
  });
  running.start();
  await expect.poll(() => told.size, { timeout: 10_000 }).toBe(45);
  giveUp(new Error("no answer"));
  await running.stop();
});

test("of several processes each carries its own share: nothing is sent twice while all live", async () => {
  await alerts(
    Array.from({ length: 60 }, (_, index) => String(index + 1)),
    "500",
  );
  const carriers = [notifier(), notifier(), notifier()];
  for (;;) {
    const made = await Promise.all(carriers.map((carrier) => carrier.pass()));
    if (made.every((count) => count === 0)) break;
  }
  expect((await states()).filter(([state]) => state !== "delivered")).toEqual([]);
  expect(keys()).toHaveLength(60);
  expect(new Set(keys()).size).toBe(60);
});

describe("kill -9 of the process that carries", () => {
  const KILLS = process.env.LONG ? 50 : 4;
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  const startChild = () =>
    spawn(process.execPath, [faultProcess("notifier-process.ts"), url, receiver.url, SECRET], {
      stdio: "inherit",
    });

  test(`${KILLS} times between a request and its answer: each notice arrives, under one key`, async () => {
    const users = Array.from({ length: 10 }, (_, index) => String(index + 1));
    await alerts(users, "500");
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = receiver.received.length;
      const isHit = new Promise<void>((resolve) => {
        // Takes every other notice before the blow, as a receiver that had read it would.
        receiver.behave((_, response) => {
          if ((receiver.received.length - before) % 2 === 0) response.writeHead(204).end();
          if (receiver.received.length - before >= 3) {
            child?.kill("SIGKILL");
            resolve();
          }
        });
        // Nothing is left to be hit when everything was taken.
        void vi
          .waitFor(async () => expect((await outboxStatus({ pool, now: Date.now })).depth).toBe(0), {
            timeout: 15_000,
            interval: 50,
          })
          .then(resolve, resolve);
      });
      child = startChild();
      await isHit;
      child.kill("SIGKILL");
    }
    receiver.behave(takes);
    child = startChild();
    await vi.waitFor(
      async () => expect((await states()).map(([state]) => state)).toEqual(users.map(() => "delivered")),
      { timeout: 20_000, interval: 50 },
    );
    expect(new Set(keys()).size).toBe(users.length);
    const { rows } = await pool.query("SELECT delivery_key FROM outbox ORDER BY delivery_key");
    expect(rows.map((row) => row.delivery_key)).toEqual([...new Set(keys())].sort());
  }, 600_000);
});
