import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect as dial } from "node:net";
import type { Duplex } from "node:stream";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PATIENCE } from "#testing/harness/patience.ts";
import type { Role } from "../access/can.ts";
import type { CaseSummary } from "../contracts/api/retention.ts";
import { nothingCommitted } from "../contracts/committed.ts";
import type { ClientToServer, ServerToClient, TopicBodies } from "../contracts/live.ts";
import { createLog } from "../lib/log.ts";
import { Hub } from "./hub.ts";
import { attachSockets, isSocketRequest, resume, SOCKET_PATH, type Sockets } from "./sockets.ts";

type Client = Socket<ServerToClient, ClientToServer>;

/** Of customers by their numbers. */
const SEGMENTS = { 1: "east", 2: "west" };
const EPOCH = "e";
let server: Server;
let sockets: Sockets;
let hub: Hub;
let url: string;
let living: Set<string>;
/** What is sent whole comes when nobody listens any more. */
let untilTheEnd: PromiseWithResolvers<unknown>;
let clients: Client[];

beforeEach(async () => {
  living = new Set(["s-operations", "s-manager", "s-administrator"]);
  clients = [];
  untilTheEnd = Promise.withResolvers();
  hub = new Hub({
    epoch: EPOCH,
    position: 0,
    now: Date.now,
    onError: (error) => {
      throw error;
    },
    onWiped: () => undefined,
    onOtherHistory: () => undefined,
    feed: async (after) => ({ stored: after, epoch: EPOCH, commits: [] }),
    loaders: {
      hourFigures: (hour) => ({
        bizHour: hour.bizHour,
        totalPremium: "1.00",
        policyCount: 1,
        policyHolderCount: 1,
        grossPremium: "1.00",
        grossOrderCount: 1,
        partial: false,
        revisedByLate: false,
      }),
      cases: async (ids) => ids.map((id) => ({ id: String(id), userId: String(id) }) as CaseSummary),
      audience: () => untilTheEnd.promise as Promise<TopicBodies["audience"]>,
      pipeline: () => untilTheEnd.promise as Promise<TopicBodies["pipeline"]>,
      segments: async () => new Map(Object.entries(SEGMENTS)),
    },
  });
  server = createServer();
  sockets = attachSockets(server, {
    hub,
    authenticate: async (headers) => {
      const cookie = headers.get("cookie") ?? "";
      const role = /role=(\w+)/.exec(cookie)?.[1] as Role | undefined;
      const segments = /segments=([\w.]+)/.exec(cookie)?.[1]?.split(".") ?? [];
      const secondFactor = cookie.includes("owes=1") ? "needed" : "none";
      return role
        ? { kind: "person", id: role, name: role, role, segments, sessionId: `s-${role}`, secondFactor }
        : null;
    },
    livingSessions: async (ids) => new Set(ids.filter((id) => living.has(id.split(" ")[0] ?? ""))),
    epoch: EPOCH,
    build: "b1",
    now: Date.now,
    log: createLog("silent"),
  });
  hub.start(sockets);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of clients) client.disconnect();
  untilTheEnd.resolve({});
  await hub.stop();
  await sockets.close();
});

function connect(
  role: Role | null,
  origin = url,
  transport: "websocket" | "polling" = "websocket",
  segments = "",
): Client {
  const client: Client = io(url, {
    path: SOCKET_PATH,
    transports: [transport],
    reconnection: false,
    extraHeaders: { origin, ...(role ? { cookie: `role=${role}; segments=${segments}` } : {}) },
  });
  clients.push(client);
  return client;
}

const once = <E extends keyof ServerToClient>(client: Client, event: E) =>
  new Promise<Parameters<ServerToClient[E]>>((resolve) => {
    client.once(event, ((...message: unknown[]) => resolve(message as never)) as never);
  });
const refusal = (client: Client) =>
  new Promise<Error>((resolve) => client.once("connect_error", (error) => resolve(error)));

async function welcomed(client: Client) {
  client.emit("resume", {});
  const [message] = await once(client, "welcome");
  return message;
}

test.each([
  ["operations", ["orders", "audience", "pipeline"]],
  ["manager", ["orders", "retention", "key-users", "audience"]],
  ["administrator", ["orders", "retention", "key-users", "audience", "pipeline"]],
] as const)("the server chooses the topics of %s by the table of rights", async (role, topics) => {
  expect(await welcomed(connect(role))).toMatchObject({ epoch: EPOCH, build: "b1", topics, stale: [] });
});

test("who owes a second factor has no topic", async () => {
  const owing = connect("administrator; owes=1" as Role);
  expect(await welcomed(owing)).toMatchObject({ topics: [] });
});

test("a commit reaches those who may read it, and nobody else", async () => {
  const [operations, manager] = [connect("operations"), connect("manager")];
  await Promise.all([welcomed(operations), welcomed(manager)]);
  const seen: string[] = [];
  operations.on("patch", (topic) => void seen.push(topic));
  const reached = once(manager, "patch");
  hub.publish({ ...nothingCommitted(1), caseIds: [7n] });
  expect(await reached).toMatchObject(["retention", { epoch: EPOCH, from: 0, to: 1 }]);
  const next = once(operations, "patch");
  hub.publish({ ...nothingCommitted(2), moveCount: 1 });
  await next;
  expect(seen).toEqual(["orders"]);
});

test("who has a data scope gets its customers' cases and rows alone, also of what was missed", async () => {
  const scoped = connect("manager", url, "websocket", "east");
  const all = connect("manager");
  await Promise.all([welcomed(scoped), welcomed(all)]);
  const heard: unknown[] = [];
  scoped.on("patch", (topic, { body }) => void heard.push([topic, body]));
  const told: string[] = [];
  const bothTold = new Promise<void>((resolve) => {
    all.on("patch", (topic) => void (told.push(topic) === 2 && resolve()));
  });
  hub.publish({ ...nothingCommitted(1), caseIds: [1n, 2n, 3n], keyUserIds: ["1", "2", "3"] });
  await bothTold;
  await expect.poll(() => heard.length).toBe(2);
  expect(heard).toEqual([
    ["retention", { cases: [{ id: "1", userId: "1" }] }],
    ["key-users", { userIds: ["1"] }],
  ]);
  heard.length = 0;
  scoped.emit("resume", { retention: { epoch: EPOCH, position: 0 } });
  await expect.poll(() => heard).toEqual([["retention", { cases: [{ id: "1", userId: "1" }] }]]);
});

test("when customers change their segment, everybody reads anew what they see", async () => {
  const scoped = connect("manager", url, "websocket", "east");
  await welcomed(scoped);
  const heard: unknown[] = [];
  scoped.on("patch", (topic, { body }) => void heard.push([topic, body]));
  hub.publish({ ...nothingCommitted(1), keyUserIds: ["2"], movesScopes: true });
  await expect.poll(() => heard.length).toBe(2);
  expect(heard).toEqual([
    ["retention", { cases: null }],
    ["key-users", { userIds: null }],
  ]);
});

test("without a session there is no socket", async () => {
  expect((await refusal(connect(null))).message).toBe("unauthenticated");
});

test.each([
  ["websocket", "https://elsewhere.example"],
  ["websocket", "null"],
  ["polling", "https://elsewhere.example"],
  ["polling", "null"],
  ["websocket", "https://127.0.0.1"],
  ["polling", "https://127.0.0.1"],
] as const)("%s from %s is refused", async (transport, origin) => {
  expect(await refusal(connect("operations", origin, transport))).toBeInstanceOf(Error);
  expect(sockets.count()).toBe(0);
});

test("an ended session loses its socket within two seconds", { tags: "slow" }, async () => {
  const client = connect("operations");
  await welcomed(client);
  const ended = once(client as never, "disconnect" as never);
  living.delete("s-operations");
  const started = Date.now();
  await ended;
  expect(Date.now() - started).toBeLessThan(2_000);
});

test("who comes back gets what was missed", async () => {
  const first = connect("operations");
  await welcomed(first);
  first.disconnect();
  hub.publish({ ...nothingCommitted(1), moveCount: 1 });
  await vi.waitFor(
    () => expect(hub.resume(["orders"], { orders: { epoch: EPOCH, position: 0 } }).missed).toHaveLength(1),
    PATIENCE,
  );
  const again = connect("operations");
  again.emit("resume", { orders: { epoch: EPOCH, position: 0 } });
  const missed = once(again, "patch");
  expect(await missed).toMatchObject(["orders", { from: 0, to: 1 }]);
});

test.each([
  ["nothing", null],
  ["a position without an epoch", { orders: 5 }],
  ["a position that cannot be compared", { orders: { epoch: EPOCH, position: { valueOf: 1, toString: 1 } } }],
])("whoever resumes with %s is disconnected, and the others stay", async (_, held) => {
  const [stranger, reader] = [connect("operations"), connect("manager")];
  await Promise.all([welcomed(stranger), welcomed(reader)]);
  const ended = once(stranger as never, "disconnect" as never);
  stranger.emit("resume", held as never);
  await ended;
  expect((await welcomed(reader)).stale).toEqual([]);
});

test("topics that only another build knows are passed over", async () => {
  const client = connect("operations");
  client.emit("resume", {
    orders: { epoch: "other", position: 1 },
    tides: { epoch: EPOCH, position: 1 },
  } as never);
  expect((await once(client, "welcome"))[0].stale).toEqual(["orders"]);
});

test.each([
  ["/live", false],
  ["/liveness", false],
  ["/live?EIO=4", false],
  ["/live/?EIO=4", true],
])("%s is Socket.IO's: %s", (path, expected) => {
  expect(isSocketRequest(path)).toBe(expected);
});

test("when all is to be read anew, every reader is told so of its topics", async () => {
  const client = connect("operations");
  await welcomed(client);
  const told = once(client, "welcome");
  sockets.invalidateAll();
  sockets.heartbeat({ epoch: EPOCH, position: 1, now: 1 });
  expect((await told)[0].stale).toEqual(["orders", "audience", "pipeline"]);
});

describe("a socket may ask little", () => {
  test("of a hundred resumes at once few are answered, the newest among them, and the page stays", async () => {
    const client = connect("operations");
    await welcomed(client);
    let answers = 0;
    const stale = new Promise<void>((resolve) => {
      client.on("welcome", (message) => {
        answers += 1;
        if (message.stale.includes("orders")) resolve();
      });
    });
    for (let n = 0; n < 40; n++) client.emit("resume", {});
    client.emit("resume", { orders: { epoch: "other", position: 1 } });
    await stale;
    expect(answers).toBeLessThanOrEqual(4);
    expect(client.connected).toBe(true);
  });

  test.each([
    ["resumes", "resume"],
    ["messages that there are not", "anything"],
  ])("who floods with %s is disconnected", async (_, event) => {
    const client = connect("operations");
    await welcomed(client);
    const ended = once(client as never, "disconnect" as never);
    for (let n = 0; n < 200; n++) client.emit(event as "resume", {});
    await ended;
  });

  test("the 21st socket of a session is refused, one of another session is not, and a closed one leaves its place", async () => {
    const open = Array.from({ length: 20 }, () => connect("operations"));
    await Promise.all(open.map(welcomed));
    expect((await refusal(connect("operations"))).message).toBe("too_many");
    await welcomed(connect("manager"));
    open[0]?.disconnect();
    await expect.poll(() => sockets.count()).toBe(20);
    await welcomed(connect("operations"));
  });

  test("thirty at one instant leave twenty", async () => {
    const all = Array.from({ length: 30 }, () => connect("operations"));
    await expect.poll(() => all.filter((client) => client.active).length).toBe(20);
    await expect.poll(() => sockets.count()).toBe(20);
  });
});

test("answers of sockets to an upgrade carry the headers of every answer", async () => {
  const { port } = new URL(url);
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", origin: url };
  const upgrade = request({
    host: "127.0.0.1",
    port,
    path: "/live/?EIO=4&transport=websocket",
    headers: { ...headers, "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" },
  });
  const [response, socket] = await new Promise<[IncomingMessage, Duplex]>((resolve) => {
    upgrade.once("upgrade", (answer, stream) => resolve([answer, stream])).end();
  });
  expect(response.headers["x-content-type-options"]).toBe("nosniff");
  expect(response.headers["permissions-policy"]).toContain("camera=()");
  socket.destroy();
});

test.each([
  ["a protocol that there is not", "GET /live/?EIO=4&transport=pigeon", {}, 400],
  ["another site's page", "GET /live/?EIO=4&transport=websocket", { origin: "http://evil.example" }, 403],
  ["no key", "GET /live/?EIO=4&transport=websocket", { "sec-websocket-key": "x" }, 400],
  ["another version", "GET /live/?EIO=4&transport=websocket", { "sec-websocket-version": "99" }, 400],
  ["another method", "POST /live/?EIO=4&transport=websocket", {}, 400],
])("an upgrade with %s is refused as everything is: %s", async (_, line, given, status) => {
  const headers = {
    host: new URL(url).host,
    origin: url,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    ...given,
  };
  const socket = dial(Number(new URL(url).port), "127.0.0.1").setEncoding("utf8");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`${line} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  let answer = "";
  for await (const part of socket) answer += part;
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/^x-content-type-options: nosniff\r$/m);
  expect(answer).toMatch(/^permissions-policy: camera=\(\)/m);
  expect(answer).toContain("application/problem+json");
});

test("who opens a connection and says nothing is cut within some seconds", async () => {
  const quiet = new WebSocket(`${url.replace("http", "ws")}${SOCKET_PATH}/?EIO=4&transport=websocket`);
  const started = performance.now();
  await new Promise((resolve) => quiet.addEventListener("close", resolve));
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each([
  ["with its transport", { transport: { socket: { bufferedAmount: 10_000_000 } }, writeBuffer: [] }],
  [
    "before it, for it polls and does not ask",
    { transport: {}, writeBuffer: [{ data: "x".repeat(10_000_000) }] },
  ],
])("who asks for what was missed and does not take it gets no more: it waits %s", (_, conn) => {
  hub.publish({ ...nothingCommitted(1), moveCount: 1 });
  const emit = vi.fn();
  const actor = { kind: "person", role: "operations" };
  const data = { actor, topics: ["orders", "pipeline"], scope: null, missed: new Set() };
  const options = { hub, epoch: EPOCH, build: "b1", now: Date.now };
  resume({ conn, data, emit } as never, options, { orders: { epoch: EPOCH, position: 0 } });
  expect(emit).not.toHaveBeenCalled();
  expect([...data.missed]).toEqual(["orders", "pipeline"]);

  const quick = { transport: { socket: { bufferedAmount: 0 } }, writeBuffer: [] };
  resume({ conn: quick, data, emit } as never, options, { orders: { epoch: EPOCH, position: 0 } });
  expect(emit.mock.calls.map(([event]) => event)).toContain("welcome");
});
