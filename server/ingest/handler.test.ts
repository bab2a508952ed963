import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { at } from "#testing/factories/events.ts";
import { problem } from "../contracts/api/common.ts";
import { ingestAnswer } from "../contracts/api/ingest.ts";
import type { BatchWriter, IngestBatch } from "../contracts/batch.ts";
import { noDispositions } from "../contracts/streams.ts";
import { ingestBody } from "../engine/ingest-body.ts";
import { TooBusy, Unavailable } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { LIMITS } from "../reader/limits.ts";
import { createIngestHandler, type Sender } from "./handler.ts";

const NOW = at("11-22 12:00");
const PATIENCE = { timeout: 20_000, interval: 20 };
const SENDERS: Readonly<Record<string, Sender>> = {
  sender: { id: "sender", write: true, replay: false },
  other: { id: "other", write: true, replay: false },
  replayer: { id: "replayer", write: true, replay: true },
  reader: { id: "reader", write: false, replay: false },
};

let server: Server;
let port: number;
let submitted: IngestBatch[] = [];
let failure: Error | null = null;

beforeAll(async () => {
  const writer: BatchWriter = {
    submit: async (batch) => {
      if (failure) throw failure;
      submitted.push(batch);
      const dispositions = noDispositions();
      dispositions.applied = batch.events.length;
      dispositions.rejected = batch.rejects.length;
      const last = batch.events.length === 0 ? null : BigInt(batch.events.length);
      return { firstSeq: last === null ? null : 1n, lastSeq: last, dispositions };
    },
  };
  const handler = createIngestHandler({
    engine: { ingest: (body) => ingestBody(writer, body) },
    senderOf: async (headers) => SENDERS[headers.get("authorization")?.slice("Bearer ".length) ?? ""] ?? null,
    maxFutureSkewMs: 300_000,
    now: () => NOW,
    log: createLog("silent"),
  });
  server = createServer(async (incoming, response) => {
    if (!(await handler(incoming, response))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  submitted = [];
  failure = null;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

const JSON_LINES = { "content-type": "application/x-ndjson", authorization: "Bearer sender" };
const order = (orderNo: string): string => `{"id":"7","order_no":"${orderNo}","gmt_modified":${NOW}}`;

function send(
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = JSON_LINES,
  options: RequestOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method: "POST", path: "/ingest/orders", headers, ...options },
      async (response) => {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        const body = text === "" ? null : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      },
    );
    sent.on("error", reject).end(body);
  });
}

test("the answer is that of the contract, after the writer's", async () => {
  const answer = await send(`${order("A")}\n{"id":"8"}\n${order("B")}\n`);
  expect(answer.status).toBe(200);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(ingestAnswer.parse(answer.body)).toEqual({
    stream: "orders",
    received: 3,
    accepted: 2,
    firstSeq: "1",
    lastSeq: "2",
    dispositions: { ...noDispositions(), applied: 2, rejected: 1 },
    rejected: [
      { line: 2, code: "missing_field", field: "order_no", message: "required, but missing or null" },
    ],
    rejectedOmitted: 0,
    unknownFields: 0,
    clock: null,
  });
});

test("a body of which every line is malformed is received and rejected whole", async () => {
  const { status, body } = await send("{\n".repeat(150));
  expect(status).toBe(200);
  expect(body).toMatchObject({ received: 150, accepted: 0, firstSeq: null, rejectedOmitted: 50 });
  expect(ingestAnswer.parse(body).rejected).toHaveLength(100);
  expect(submitted[0]?.rejects).toHaveLength(150);
});

describe("types and encodings", () => {
  test.each([
    ["application/x-ndjson", order("A")],
    ["application/x-ndjson; charset=UTF-8", order("A")],
    ["application/json", `[${order("A")}]`],
    ['text/csv; charset="utf-8"; header=present', `id,order_no,gmt_modified\n7,A,${NOW}`],
  ])("%s", async (type, text) => {
    for (const [encoding, body] of [
      ["identity", Buffer.from(text)],
      ["gzip", gzipSync(text)],
      ["zstd", zstdCompressSync(text)],
    ] as const) {
      const answer = await send(body, { ...JSON_LINES, "content-type": type, "content-encoding": encoding });
      expect(answer, encoding).toMatchObject({ status: 200, body: { accepted: 1 } });
    }
    expect(submitted.map((batch) => batch.stream)).toEqual(["orders", "orders", "orders"]);
  });

  test.each([
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
  ])(
    "%s in several parts is read to its end: nothing of a body goes unseen (rule C7)",
    async (encoding, pack) => {
      const body = Buffer.concat([pack(`${order("A")}\n`), pack(""), pack(`${order("B")}\n${order("C")}`)]);
      expect(await send(body, encoded(encoding))).toMatchObject({ status: 200, body: { received: 3 } });
    },
  );

  test.each([
    ["/ingest/premium-changes", "premium_changes"],
    ["/ingest/premium_changes", "premium_changes"],
    ["/ingest/page-views?x=1", "page_views"],
  ])("%s", async (path, stream) => {
    const body = JSON.stringify({ id: "7", now_premium: "1", gmt_modified: NOW, log_time: NOW });
    expect(await send(body, JSON_LINES, { path })).toMatchObject({
      status: 200,
      body: { stream, accepted: 1 },
    });
  });
});

const bomb = (): Buffer => gzipSync(Buffer.alloc(LIMITS.decompressedBytes + 1, 0x20));
const zstdBomb = (): Buffer => zstdCompressSync(Buffer.alloc(LIMITS.decompressedBytes + 1, 0x20));
const halfBomb = (): Buffer => zstdCompressSync(Buffer.alloc(LIMITS.decompressedBytes / 2 + 1, 0x20));
const large = (): Buffer => Buffer.alloc(LIMITS.bodyBytes + 1, 0x20);

interface Refusal {
  readonly why: string;
  readonly status: number;
  readonly body?: () => string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly options?: RequestOptions;
}

const typed = (type: string) => ({ ...JSON_LINES, "content-type": type });
const encoded = (encoding: string) => ({ ...JSON_LINES, "content-encoding": encoding });
const REFUSALS: readonly Refusal[] = [
  { why: "no key", status: 401, headers: { "content-type": "application/x-ndjson" } },
  { why: "an unknown key", status: 401, headers: { ...JSON_LINES, authorization: "Bearer nobody" } },
  {
    why: "a key that may only read",
    status: 403,
    headers: { ...JSON_LINES, authorization: "Bearer reader" },
  },
  { why: "a replay without that right", status: 403, headers: { ...JSON_LINES, "tidewatch-clock": "event" } },
  {
    why: "a clock that is none",
    status: 400,
    headers: { ...JSON_LINES, authorization: "Bearer replayer", "tidewatch-clock": "moon" },
  },
  { why: "an unknown stream", status: 404, options: { path: "/ingest/claims" } },
  { why: "another method", status: 405, options: { method: "PUT" } },
  { why: "no content type", status: 415, headers: { authorization: "Bearer sender" } },
  { why: "an unknown content type", status: 415, headers: typed("text/plain") },
  { why: "another charset", status: 415, headers: typed("text/csv; charset=gb18030") },
  { why: "an unknown encoding", status: 415, headers: encoded("br") },
  { why: "an empty body", status: 400, body: () => "" },
  {
    why: "gzip cut off",
    status: 400,
    headers: encoded("gzip"),
    body: () => gzipSync(order("A")).subarray(0, 30),
  },
  {
    why: "zstd cut off",
    status: 400,
    headers: encoded("zstd"),
    body: () => zstdCompressSync(order("A")).subarray(0, 30),
  },
  {
    why: "zstd with something else behind it",
    status: 400,
    headers: encoded("zstd"),
    body: () => Buffer.concat([zstdCompressSync(order("A")), Buffer.from("and more")]),
  },
  {
    why: "zstd in thousands of empty parts",
    status: 400,
    headers: encoded("zstd"),
    body: () => Buffer.concat(Array.from({ length: 1_001 }, () => zstdCompressSync(""))),
  },
  { why: "no gzip at all", status: 400, headers: encoded("gzip") },
  { why: "JSON that is no array", status: 400, headers: typed("application/json") },
  { why: "CSV without a header", status: 400, headers: typed("text/csv"), body: () => ",,\n1,2,3" },
  { why: "a body over the limit", status: 413, body: large },
  {
    why: "a body over the limit without a length",
    status: 413,
    body: large,
    headers: { ...JSON_LINES, "transfer-encoding": "chunked" },
  },
  { why: "a gzip bomb", status: 413, headers: encoded("gzip"), body: bomb },
  { why: "a zstd bomb", status: 413, headers: encoded("zstd"), body: zstdBomb },
  {
    why: "a zstd bomb in two parts",
    status: 413,
    headers: encoded("zstd"),
    body: () => Buffer.concat([halfBomb(), halfBomb()]),
  },
];

test.each(REFUSALS)(
  "$why → $status",
  { tags: "slow" },
  async ({ status, body, headers = JSON_LINES, options = {} }) => {
    const answer = await send(body?.() ?? order("A"), headers, options);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(problem.parse(answer.body).status).toBe(status);
    expect(answer.headers.allow).toBe(status === 405 ? "POST" : undefined);
    expect(submitted).toEqual([]);
  },
);

test.each([
  ["none", {}, /^Send an API key: /],
  ["one of another kind", { authorization: "Basic bm9ib2R5" }, /^Send an API key: /],
  [
    "one that nobody knows",
    { authorization: "Bearer nobody" },
    /key is not known, was revoked or has expired/,
  ],
])(
  "who sent no key is told to send one, who sent one that it does not count: %s",
  async (_, headers, told) => {
    const answer = await send(order("A"), { "content-type": "application/x-ndjson", ...headers });
    expect(answer.status).toBe(401);
    expect(problem.parse(answer.body).detail).toMatch(told);
  },
);

test("a full queue and a lost database say when to come again", async () => {
  failure = new TooBusy("full", 3);
  expect(await send(order("A"))).toMatchObject({ status: 429, headers: { "retry-after": "3" } });
  failure = new Unavailable("away", 7);
  expect(await send(order("A"))).toMatchObject({ status: 503, headers: { "retry-after": "7" } });
  failure = null;
  expect(await send(order("A"))).toMatchObject({ status: 200, body: { accepted: 1 } });
});

test("bodies that arrive slowly are bounded together: past that a sender is told when to come again", {
  tags: "slow",
}, async () => {
  const part = Buffer.alloc(
    30 * 1024 * 1024,
    `${" ".repeat(1_023)}
`,
  );
  const headers = { ...JSON_LINES, "content-length": part.length + 1 };
  const options = { host: "127.0.0.1", port, method: "POST", path: "/ingest/orders", headers, agent: false };
  const slow = Array.from({ length: 6 }, () => request(options).on("error", () => undefined));
  const answers = slow.map((sent) => new Promise<IncomingMessage>((resolve) => sent.on("response", resolve)));
  for (const sent of slow) sent.write(part); // the last byte never comes
  expect(await Promise.race(answers)).toMatchObject({ statusCode: 429, headers: { "retry-after": "1" } });
  for (const sent of slow) sent.destroy();
  const whole = Buffer.concat([part, Buffer.from(order("A"))]);
  await expect.poll(() => send(whole), PATIENCE).toMatchObject({ status: 200, body: { accepted: 1 } });
});

test("an unforeseen failure tells nothing of itself", async () => {
  failure = new Error("SELECT secret FROM table");
  const { status, body } = await send(order("A"));
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain("secret");
});

test("the event clock is taken and given back (C3)", async () => {
  const headers = {
    ...JSON_LINES,
    authorization: "Bearer replayer",
    "tidewatch-clock": `event; from=${NOW + 9}`,
  };
  expect(await send(order("A"), headers)).toMatchObject({ status: 200, body: { clock: NOW + 9 } });
  expect(submitted[0]).toMatchObject({ eventClock: true, acceptedAt: NOW + 9 });
});

test("the connection serves on after a refusal", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const [body, status] of [
    [order("A"), 200],
    ["", 400],
    [order("B"), 200],
  ] as const) {
    expect((await send(body, JSON_LINES, { agent })).status).toBe(status);
  }
  agent.destroy();
});

test("a sender that hangs up in the middle of a body harms nobody", async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(
        "POST /ingest/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sender\r\n" +
          "Content-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{",
        () => socket.destroy(),
      );
    });
    socket.on("close", () => resolve());
  });
  expect((await send(order("A"))).status).toBe(200);
  expect(submitted).toHaveLength(1);
});

test.each([
  ["drips its body", () => Buffer.from(" "), 10],
  ["sends without end", () => Buffer.alloc(64 * 1024, " "), 0],
])("a stranger who %s is answered at once, and little of it is read", async (_, part, everyMs) => {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("POST /ingest/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody\r\n");
  socket.write("Content-Type: application/x-ndjson\r\nContent-Length: 33000000\r\n\r\n");
  const sending = setInterval(() => socket.writable && socket.write(part()), everyMs);
  const started = performance.now();
  const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
  clearInterval(sending);
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).toMatch(/^connection: close/im);
  expect(performance.now() - started).toBeLessThan(4_000); // a sender whom we know has five seconds
  socket.destroy();
});

test.each([
  ["/ingest", 404, undefined],
  ["/ingest/", 404, undefined],
  ["/ingest/orders", 204, "POST, OPTIONS"],
])("OPTIONS of %s", async (path, status, allow) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "OPTIONS" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([status, allow ?? null]);
});

test("other paths are not its business", async () => {
  expect(await send("", {}, { path: "/ingestion" })).toMatchObject({ status: 418 });
});
