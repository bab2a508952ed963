import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { at } from "#testing/factories/events.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import type { IngestBody } from "../contracts/batch.ts";
import type { Committed } from "../contracts/committed.ts";
import { InvalidInput, TooBusy, Unavailable } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { EngineThread } from "./engine-thread.ts";

const PATIENCE = { timeout: 20_000, interval: 20 };
const NOW = at("11-22 12:00");

let postgres: TestServer;
let databaseUrl: string;
let client: pg.Client;
let engine: EngineThread;
let committed: Committed[];

beforeAll(async () => {
  postgres = await startTestServer();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  databaseUrl = await postgres.freshDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  engine = await start();
});
afterEach(async () => {
  await engine.stop();
  await client.end();
});

async function start(): Promise<EngineThread> {
  const thread = new EngineThread({
    databaseUrl,
    secretKey: "a secret of tests, longer than thirty-two characters",
    zone: "Asia/Shanghai",
    dayCloseAfterHours: 24,
    logLevel: "silent",
    log: createLog("silent"),
    entry: new URL("../../testing/faults/failing-thread.ts", import.meta.url),
  });
  committed = [];
  thread.onCommitted((commit) => committed.push(commit));
  await thread.start();
  return thread;
}

const bodyOf = (text: string): IngestBody => ({
  stream: "orders",
  format: "ndjson",
  bytes: Buffer.from(text),
  clock: { kind: "wall", now: NOW, skewMs: 0 },
});
const order = (id: number): string =>
  `{"id":"${id}","order_no":"A${id}","gmt_modified":${NOW},"account_payble":"10.00"}`;

async function premiumOfAllHours(): Promise<string> {
  const { rows } = await client.query("SELECT sum(total_premium) AS sum FROM hour_figure");
  return rows[0].sum;
}

test("bytes go in, the answer and the commit come back, and the status follows", async () => {
  const answer = await engine.ingest(bodyOf(`${order(1)}\n{"id":2}\n${order(3)}`));
  expect(answer).toMatchObject({
    received: 3,
    accepted: 2,
    lastSeq: "2",
    rejected: [{ line: 2, code: "missing_field" }],
  });
  await vi.waitFor(() => expect(committed).toHaveLength(1), PATIENCE);
  expect(committed[0]).toMatchObject({ hours: [{ totalPremium: 2_000n }], received: { orders: 3 } });
  await vi.waitFor(() => expect(engine.status().queuedEvents).toBe(0), PATIENCE);
  expect(engine.status()).toMatchObject({ state: "leading", epoch: 1n, lastCommitMs: expect.any(Number) });
});

test("errors keep their kind on the way back", async () => {
  await expect(engine.ingest(bodyOf(" \n"))).rejects.toThrow(InvalidInput);
  const many = bodyOf(`${order(1)}\n`.repeat(60_000));
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => engine.ingest({ ...many, bytes: Buffer.from(many.bytes) })),
  );
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(TooBusy);
});

test("bytes that wait are bounded before they cross", async () => {
  const large = () => bodyOf(`${order(1)}\n${" ".repeat(40 * 1024 * 1024)}`);
  const first = engine.ingest(large());
  await expect(engine.ingest(large())).rejects.toThrow(TooBusy);
  expect((await first).accepted).toBe(1);
  expect((await engine.ingest(large())).accepted).toBe(1);
});

test("small bodies and one that is larger than all room do not keep each other out", async () => {
  const before = engine.ingest(bodyOf(order(1)));
  const huge = engine.ingest(bodyOf(`${order(2)}\n${" ".repeat(70 * 1024 * 1024)}`));
  const after = engine.ingest(bodyOf(order(3)));
  for (const answer of [before, huge, after]) expect((await answer).accepted).toBe(1);
});

test("a thread that fails refuses what it had and is followed by one that leads at once (C12)", async () => {
  await engine.ingest(bodyOf(order(1)));
  const fallen = [engine.ingest(bodyOf("fail")), engine.ingest(bodyOf(order(2)))];
  for (const outcome of await Promise.allSettled(fallen)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(Unavailable) });
  }
  expect(engine.status().state).toBe("unavailable");
  await vi.waitFor(() => expect(engine.status().state).toBe("leading"), PATIENCE);
  for (const id of [1, 2]) await engine.ingest(bodyOf(order(id)));
  expect(await premiumOfAllHours()).toBe("20.00");
});

test("a stop answers what waits, writes the state and releases the lease", async () => {
  const waiting = [1, 2, 3].map((id) => engine.ingest(bodyOf(order(id))));
  await engine.stop();
  for (const answer of await Promise.all(waiting)) expect(answer.accepted).toBe(1);
  await expect(engine.ingest(bodyOf(order(4)))).rejects.toThrow(Unavailable);
  const { rows } = await client.query(
    "SELECT (SELECT count(*)::int FROM last_order) AS orders, (SELECT holder FROM lease) AS holder",
  );
  expect(rows).toEqual([{ orders: 3, holder: "" }]);
});
