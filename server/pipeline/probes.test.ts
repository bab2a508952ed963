import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createForwarding } from "../access/client-address.ts";
import { problem } from "../contracts/api/common.ts";
import { createLog } from "../lib/log.ts";
import type { ProbeDependencies } from "./probe-dependencies.ts";
import { createHealthHandler } from "./probes.ts";

let server: Server;
let state: string;
let isAway: boolean;
let isOpen: boolean;
let isWriterThere: boolean;

beforeAll(async () => {
  const dependencies = {
    pool: { query: async () => (isAway ? Promise.reject(new Error("refused")) : { rows: [] }) },
    writer: {
      status: () => ({ state, queuedEvents: 0, lastCommitMs: null }),
      takes: async () => state === "leading" || (state === "standby" && isWriterThere),
    },
    live: { socketCount: () => 0 },
    notifier: { lastPassAt: () => null },
    mayRead: async (headers: Headers) => headers.get("authorization") === "Bearer reader",
    get isOpen() {
      return isOpen;
    },
    log: createLog("silent"),
  };
  const handler = createHealthHandler(dependencies as unknown as ProbeDependencies);
  const forward = createForwarding({ publicUrl: undefined, trustedProxies: [] });
  server = createServer((request, response) => {
    forward(request);
    void handler(request, response).then((taken) => taken || response.writeHead(418).end());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
beforeEach(() => {
  [state, isAway, isOpen, isWriterThere] = ["leading", false, false, false];
});
afterAll(() => server.close());

const ask = (path: string, options: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, options);

describe("readyz says what this process can do", () => {
  test.each([
    ["leading", false, 200, { ready: true, serves: true, ingests: true, reasons: [] }],
    ["standby", false, 503, { ready: false, serves: true, ingests: false }],
    ["recovering", false, 503, { ready: false, serves: true, ingests: false }],
    ["unavailable", false, 503, { ready: false, serves: true, ingests: false }],
    ["leading", true, 503, { ready: false, serves: false, ingests: false }],
  ])("the writer is %s, the database away: %s", async (writer, away, status, body) => {
    [state, isAway] = [writer, away];
    const answer = await ask("/readyz");
    const said = (await answer.json()) as { reasons: string[] };
    expect([answer.status, said]).toMatchObject([status, body]);
    expect(said.reasons).toHaveLength(status === 200 ? 0 : 1);
  });

  test("a standby is ready while it can hand events on, and says in words when it cannot", async () => {
    [state, isWriterThere] = ["standby", true];
    expect(await (await ask("/readyz")).json()).toMatchObject({ ready: true, ingests: true, reasons: [] });
    isWriterThere = false;
    const { reasons } = (await (await ask("/readyz")).json()) as { reasons: string[] };
    expect(reasons[0]).toMatch(/no node is the writer.*refused with 503/);
  });
});

describe.each(["/healthz", "/readyz", "/metrics"])("%s", (path) => {
  test("takes GET and HEAD alone", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask(path, { method });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      expect(problem.parse(await answer.json()).code).toBe("method_not_allowed");
    }
    const options = await ask(path, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
  });

  test("HEAD is GET without its body", async () => {
    const head = await ask(path, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await head.text()).toBe("");
  });
});

describe("metrics are for machines that watch", () => {
  const proxied = { "x-forwarded-for": "127.0.0.1" };
  test.each([
    ["this machine itself", {}, 200],
    ["through a proxy", proxied, 401],
    ["through a proxy, with a key of scope read", { ...proxied, authorization: "Bearer reader" }, 200],
    ["through a proxy, with another key", { ...proxied, authorization: "Bearer sender" }, 401],
  ])("%s", async (_, headers, status) => {
    const answer = await ask("/metrics", { headers });
    expect(answer.status).toBe(status);
    if (status === 401) {
      const { code, detail } = problem.parse(await answer.json());
      expect(code).toBe("unauthenticated");
      expect(detail).toMatch("authorization" in headers ? /^This API key is not known/ : /^Send an API key/);
    } else expect(await answer.text()).toContain("tidewatch_writer_leading");
  });

  test("METRICS_OPEN opens them", async () => {
    isOpen = true;
    expect((await ask("/metrics", { headers: proxied })).status).toBe(200);
  });
});

test.each(["/healthz/", "/metricsx", "/toString", "/"])("%s is not its business", async (path) => {
  expect((await ask(path)).status).toBe(418);
});
