import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { IngestAnswer } from "#server/contracts/api/ingest.ts";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import type { ServerToClient } from "#server/contracts/live.ts";
import { openDatabase } from "#server/db/database.ts";
import { makeTestPerson } from "../factories/people.ts";
import { makeSessions } from "../factories/sessions.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** Three nodes on one database: two that may write, and one that never does. Whatever is asked of one holds on all of them. */

const KEY = "nodes-test-key-0123456789abcdef012";
const SECRET_KEY = "secret of the nodes' test, one run long";
/** Of the same machine a dead writer is followed at once; the bound leaves the lease its time. */
const TAKEOVER_MS = 12_000;
const DRAWN_MS = 5_000;

let postgres: TestServer;
let pool: pg.Pool;
let dataDir: string;
let nodes: RealServer[] = [];
let cookies: readonly string[];
const sockets: Socket[] = [];

beforeAll(async () => {
  postgres = await startTestServer();
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-nodes-"));
  await chmod(dataDir, 0o755);
  const databaseUrl = await postgres.freshDatabase();
  const environment = { DATABASE_URL: databaseUrl, SECRET_KEY, INIT_API_KEY: KEY };
  pool = new pg.Pool({ connectionString: databaseUrl });
  for (const NODE_ROLE of ["all", "all", "web"]) {
    nodes.push(await startRealServer(dataDir, { ...environment, NODE_ROLE }));
  }
  const database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  const sessionOf = async (name: string) => {
    const email = `${name.toLowerCase()}@nodes.test`;
    await makeTestPerson(database.db, { email, name, role: "administrator" });
    return makeSessions({ databaseUrl, secretKey: SECRET_KEY, email }, 1);
  };
  cookies = (await Promise.all(["Ada", "Bo"].map(sessionOf))).flat();
  await database.close();
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await Promise.all(nodes.map((node) => node.stop()));
  await pool.end();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const node = (index: number): RealServer => {
  const found = nodes[index];
  if (!found) throw new Error(`node ${index} was not started`);
  return found;
};

const post = (index: number, stream: string, line: object): Promise<Response> =>
  fetch(`${node(index).address}/ingest/${stream}`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: JSON.stringify(line),
  });

let orders = 0;
const nextOrder = () => {
  orders += 1;
  return { id: String(orders), order_no: `N${orders}`, gmt_modified: Date.now(), account_payble: "1.00" };
};

async function ask<T>(index: number, path: string): Promise<T> {
  const headers = { authorization: `Bearer ${KEY}` };
  return (await fetch(`${node(index).address}${path}`, { headers })).json() as Promise<T>;
}
const nodesAt = async (index: number) => (await ask<PipelineStatus>(index, "/api/v1/pipeline")).nodes;

/** What a browser at this node is told, from its welcome on. */
async function watch(index: number) {
  const { address } = node(index);
  const socket: Socket<ServerToClient, { resume: (held: object) => void }> = io(address, {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie: cookies[0] ?? "", origin: address },
  });
  sockets.push(socket);
  const told: { topic: string; body: unknown }[] = [];
  const stale: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on("welcome", (message) => {
      stale.push(...message.stale);
      resolve();
    });
    socket.once("connect_error", reject);
    socket.on("patch", (topic, { body }) => void told.push({ topic, body }));
    socket.once("connect", () => socket.emit("resume", {}));
  });
  return { told, stale, of: (topic: string) => told.filter((each) => each.topic === topic) };
}

test("events are taken by whichever node they come to, with one answer and one count", async () => {
  const order = nextOrder();
  const answers: IngestAnswer[] = [];
  for (const index of [2, 0, 1])
    answers.push((await (await post(index, "orders", order)).json()) as IngestAnswer);
  expect(
    answers.map(({ received, dispositions }) => [received, dispositions.applied, dispositions.duplicate]),
  ).toEqual([
    [1, 1, 0],
    [1, 0, 1],
    [1, 0, 1],
  ]);
  const bad = await post(2, "orders", { ...nextOrder(), account_payble: "not a number" });
  expect([bad.status, ((await bad.json()) as IngestAnswer).rejected]).toMatchObject([
    200,
    [{ line: 1, code: "bad_amount", field: "account_payble" }],
  ]);
  const readiness = await Promise.all(
    [0, 1, 2].map(async (index) => (await fetch(`${node(index).address}/readyz`)).json()),
  );
  expect(readiness).toMatchObject(Array(3).fill({ ready: true, ingests: true }));
});

test("a refused line that is mended on a node that never writes is counted by the one that does", async () => {
  const { rows } = await pool.query<{ id: string; version: number }>(
    "SELECT id, version FROM dead_letter WHERE state = 'open' LIMIT 1",
  );
  const { address } = node(2);
  const answer = await fetch(`${address}/api/v1/dead-letters/${rows[0]?.id}/replay`, {
    method: "POST",
    headers: {
      cookie: cookies[0] ?? "",
      origin: address,
      "content-type": "application/json",
      "if-match": `"${rows[0]?.version}"`,
    },
    body: JSON.stringify({ fields: { account_payble: "5.00" } }),
  });
  expect([answer.status, await answer.json()]).toMatchObject([200, { disposition: "applied" }]);
});

test("what anybody does on one node is drawn on the others, by a patch and not by reading anew", async () => {
  const seen = await watch(2);
  await post(1, "orders", nextOrder());
  await expect.poll(() => seen.of("orders").length, { timeout: DRAWN_MS }).toBeGreaterThan(0);

  const { address } = node(1);
  const added = await fetch(`${address}/api/v1/key-users`, {
    method: "POST",
    headers: { cookie: cookies[0] ?? "", origin: address, "content-type": "application/json" },
    body: JSON.stringify({ userId: "7", rawPremium: "1000.00" }),
  });
  expect(added.status).toBe(201);
  await expect
    .poll(() => seen.of("key-users").map(({ body }) => body), { timeout: DRAWN_MS })
    .toEqual([{ userIds: ["7"] }]);
  expect(seen.stale).toEqual([]);
});

test("two people on two nodes claim one case: one has it, the other is told who", async () => {
  const change = { id: "7", now_premium: "500.00", gmt_modified: Date.now(), now_info: "term" };
  const sent = await post(2, "premium-changes", change);
  expect([sent.status, await sent.json()]).toMatchObject([200, { dispositions: { applied: 1 } }]);
  const { rows } = await pool.query<{ id: string; version: number }>(
    "SELECT id, version FROM retention_case",
  );
  const claims = [0, 2].map((index, person) =>
    fetch(`${node(index).address}/api/v1/retention/cases/${rows[0]?.id}/claim`, {
      method: "POST",
      headers: {
        cookie: cookies[person] ?? "",
        origin: node(index).address,
        "content-type": "application/json",
        "if-match": `"${rows[0]?.version}"`,
      },
      body: "{}",
    }),
  );
  const statuses = (await Promise.all(claims)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 409]);
});

test("each node tells of all of them, and hands on to none but the key that SECRET_KEY gives", async () => {
  for (const index of [0, 1, 2]) {
    const told = await nodesAt(index);
    expect(told.map(({ role, isWriter, isSilent }) => [role, isWriter, isSilent]).toSorted()).toEqual([
      ["all", false, false],
      ["all", true, false],
      ["web", false, false],
    ]);
    expect(told.filter(({ isThis }) => isThis)).toHaveLength(1);
  }
  for (const authorization of [`Bearer ${KEY}`, "Bearer ", ""]) {
    const asked = await fetch(`${node(0).address}/cluster/ingest`, {
      method: "POST",
      headers: { authorization },
      body: "x",
    });
    expect(asked.status).toBe(401);
  }
});

test("the writer's death loses nothing that was acknowledged: another node follows, and all hand on to it", async () => {
  const [writer] = (await nodesAt(2)).filter(({ isWriter }) => isWriter);
  const dying = (await Promise.all([0, 1].map(async (index) => ({ index, all: await nodesAt(index) })))).find(
    ({ all }) => all.find(({ isThis }) => isThis)?.id === writer?.id,
  );
  let acknowledged = 0;
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      const answer = await post(2, "orders", nextOrder()).catch(() => null);
      if (answer?.status === 200) acknowledged += 1;
    }
  })();
  await expect.poll(() => acknowledged, { timeout: DRAWN_MS }).toBeGreaterThan(3);
  await node(dying?.index ?? 0).kill();
  const before = acknowledged;
  await expect.poll(() => acknowledged, { timeout: TAKEOVER_MS }).toBeGreaterThan(before + 3);
  isOver = true;
  await sending;
  const { rows } = await pool.query<{ applied: number }>(
    "SELECT applied::int FROM stream WHERE name = 'orders'",
  );
  expect(rows[0]?.applied).toBeGreaterThanOrEqual(acknowledged);
  await expect
    .poll(async () => (await nodesAt(2)).filter(({ isSilent }) => isSilent).map(({ id }) => id), {
      timeout: 10_000,
    })
    .toEqual([writer?.id]);
  const left = node(dying?.index === 0 ? 1 : 0);
  await left.stop();
  expect((await nodesAt(2)).filter(({ isSilent }) => !isSilent).map(({ role }) => role)).toEqual(["web"]);
  expect((await post(2, "orders", nextOrder())).status).toBe(503);
  expect(await (await fetch(`${node(2).address}/readyz`)).json()).toMatchObject({
    serves: true,
    ingests: false,
  });
  nodes = nodes.filter((each) => each === node(2));
});
