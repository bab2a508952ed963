import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "#server/contracts/api/common.ts";
import { makeSessions } from "../factories/sessions.ts";
import { type RealServer, startRealServer } from "../harness/real-server.ts";
import { startTestServer, type TestServer } from "../harness/writer-harness.ts";

/** The edge of the running product: what every answer carries, and what it believes of who asks. */

const PUBLIC = "https://tw.example.com";
const KEY = "edge-test-key-0123456789abcdef01234567";
const SECRET_KEY = "secret of the edge's test, one run long";
const PERSON = { email: "ada@edge.test", password: "a long enough password" };

let postgres: TestServer;
let dataDir: string;
let server: RealServer;
let standby: RealServer;
let cookie: string;
let port: number;

beforeAll(async () => {
  postgres = await startTestServer();
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-edge-"));
  await chmod(dataDir, 0o755);
  const environment = {
    DATABASE_URL: await postgres.freshDatabase(),
    SECRET_KEY,
    INIT_API_KEY: KEY,
    INIT_ADMIN_EMAIL: PERSON.email,
    INIT_ADMIN_PASSWORD: PERSON.password,
  };
  port = await freePort();
  // Loopback is the proxy here: what it forwards counts, and PUBLIC_URL counts more.
  server = await startRealServer(dataDir, {
    ...environment,
    PUBLIC_URL: PUBLIC,
    TRUSTED_PROXIES: "127.0.0.1",
    PORT: String(port),
  });
  standby = await startRealServer(dataDir, environment);
  const by = { databaseUrl: environment.DATABASE_URL, secretKey: SECRET_KEY, email: PERSON.email };
  [cookie = ""] = await makeSessions(by, 1);
}, 240_000);
afterAll(async () => {
  await standby?.stop();
  await server?.stop();
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const taken = createServer();
  await once(taken.listen(0, "127.0.0.1"), "listening");
  const { port } = taken.address() as AddressInfo;
  await once(taken.close(), "close");
  return port;
}

/** A request as it goes over the wire: nothing is added or corrected on the way. */
async function raw(address: string, lines: readonly string[], host = ["Host: here"]): Promise<string> {
  const { port } = new URL(address);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write([...lines, ...host, "Connection: close", "", ""].join("\r\n"));
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  await once(socket, "close");
  return text;
}

async function aFile(): Promise<string> {
  const files = await readdir(".next/static/chunks");
  return `/_next/static/chunks/${files.find((file) => file.endsWith(".js"))}`;
}

describe("every answer carries nosniff and Permissions-Policy", () => {
  test.each([
    ["a page", "GET /sign-in"],
    ["a redirect", "GET /orders"],
    ["a page that there is not", "GET /nothing"],
    ["a file that there is not", "GET /_next/static/none.js"],
    ["the icon", "GET /icon.svg"],
    ["the API", "GET /api/openapi.json"],
    ["the API without a session", "GET /api/v1/pipeline"],
    ["the API by its short way", "GET /api/v1/features/last-page"],
    ["an address that there is not", "GET /api/v1/nothing"],
    ["a method that there is not", "PUT /api/v1/key-users"],
    ["OPTIONS of the API", "OPTIONS /api/v1/key-users"],
    ["OPTIONS of everything", "OPTIONS *"],
    ["better-auth", "GET /api/auth/get-session"],
    ["ingest", "POST /ingest/orders"],
    ["health", "GET /healthz"],
    ["readiness", "HEAD /readyz"],
    ["figures", "GET /metrics"],
    ["a socket's handshake by polling", "GET /live/?EIO=4&transport=polling"],
    ["a socket that there is not", "GET /live/?EIO=4&transport=polling&sid=none"],
    ["a path that is none", "GET /%"],
    ["a page with another method", "PUT /sign-in"],
    ["a page with DELETE", "DELETE /"],
    ["TRACE", "TRACE /sign-in"],
    ["a path of a page, twice slashed", "GET //evil.example/"],
  ])("%s", async (_, line) => {
    const answer = await raw(standbyAddress(), [`${line} HTTP/1.1`]);
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
    expect(answer).toMatch(/^permissions-policy: camera=\(\)/im);
    expect(answer).not.toMatch(/^HTTP\/1\.1 500/);
  });

  test.each([
    ["GET /healthz HTTP/1.1", 400],
    ["GET /live/?EIO=4&transport=polling HTTP/1.1", 403],
    ["GET /healthz HTTP/1.0", 200],
  ])("%s without a host: %i", async (line, status) => {
    const answer = await raw(standbyAddress(), [line], []);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
  });

  test.each([
    ["GET /healthz HTTP/1.1", ["Host: here", "Host: there"], 400],
    ["GET /sign-in HTTP/1.1", ["Host: here", "Host: here"], 400],
    ["GET /sign-in HTTP/1.0", ["Host: here", "host: there"], 400],
    ["GET /live/?EIO=4&transport=polling HTTP/1.1", ["Host: here", "Host: there"], 403],
    ["GET /healthz HTTP/1.1", ["Host: here", "Expect: 200-x"], 417],
  ])("%s with %j: %i", async (line, hosts, status) => {
    const answer = await raw(standbyAddress(), [line], hosts);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
    expect(answer).toMatch(/^permissions-policy: camera=\(\)/im);
  });

  test("a file of the pages", async () => {
    const answer = await fetch(`${standbyAddress()}${await aFile()}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("permissions-policy")).toContain("camera=()");
  });
});

describe("no cache keeps what the API answers", () => {
  const JSON_TYPE = { "content-type": "application/json" };
  const machine = { ...JSON_TYPE, authorization: `Bearer ${KEY}` };
  const person = () => ({ ...JSON_TYPE, cookie: `__Secure-${cookie}`, origin: PUBLIC });
  test.each([
    ["a person's read", 200, "GET", "/api/v1/session", person],
    ["a machine's read", 200, "GET", "/api/v1/pipeline", () => machine],
    ["the short way", 200, "GET", "/api/v1/features/last-page?account_id=1", () => machine],
    ["a CSV", 200, "GET", "/api/v1/key-users/export", person],
    ["the document of the API", 200, "GET", "/api/openapi.json", () => ({})],
    ["its page", 200, "GET", "/api/docs", () => ({})],
    ["what was made", 201, "POST", "/api/v1/key-users", person, { userId: "41", rawPremium: "5.00" }],
    ["ingest", 200, "POST", "/ingest/orders", () => machine, []],
    ["ingest without a key", 401, "POST", "/ingest/orders", () => JSON_TYPE, []],
    ["a sign-in", 200, "POST", "/api/auth/sign-in/email", () => ({ ...JSON_TYPE, origin: PUBLIC }), PERSON],
    ["a sign-out", 200, "POST", "/api/auth/sign-out", () => ({ ...JSON_TYPE, origin: PUBLIC }), {}],
    ["a refusal", 403, "POST", "/api/auth/sign-out", () => JSON_TYPE, {}],
    ["an address that there is not", 404, "GET", "/api/v1/nothing", () => ({})],
    ["a method that there is not", 405, "PUT", "/api/v1/key-users", person, {}],
    ["health", 200, "GET", "/healthz", () => ({})],
    ["figures", 200, "GET", "/metrics", () => ({})],
  ] as const)("%s (%i)", async (_, status, method, path, headers, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${behind()}${path}`, { method, headers: headers(), ...sent });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([status, "no-store"]);
  });
});

/** The process without PUBLIC_URL. */
const standbyAddress = () => standby.address;
/** The one behind the proxy says its public address; the proxy reaches it by its port. */
const behind = () => `http://127.0.0.1:${port}`;

describe("PUBLIC_URL is the only origin", () => {
  const forged = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  test.each([
    [PUBLIC, 200],
    ["https://evil.example", 403],
    ["http://tw.example.com", 403],
    ["http://127.0.0.1", 403],
  ])("sign-in from %s: %i", async (origin, status) => {
    const answer = await fetch(`${behind()}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, ...forged },
      body: JSON.stringify(PERSON),
    });
    expect(answer.status).toBe(status);
  });

  test.each([
    [PUBLIC, 428],
    ["https://evil.example", 403],
    ["http://tw.example.com", 403],
  ])("a write from %s: %i", async (origin, status) => {
    const answer = await fetch(`${behind()}/api/v1/retention/cases/7/claim`, {
      method: "POST",
      headers: { origin, cookie: `__Secure-${cookie}`, ...forged },
    });
    expect(answer.status).toBe(status);
  });

  test.each([
    [PUBLIC, 200],
    ["https://evil.example", 403],
  ])("a socket from %s: %i", async (origin, status) => {
    const answer = await fetch(`${behind()}/live/?EIO=4&transport=polling`, {
      headers: { origin, ...forged },
    });
    expect(answer.status).toBe(status);
  });

  test("no foreign host comes back in a page or a redirect", async () => {
    for (const path of ["/", "/orders", "/sign-in", "/nothing", "/sign-in/"]) {
      const answer = await fetch(`${behind()}${path}`, { headers: forged, redirect: "manual" });
      expect(`${JSON.stringify([...answer.headers])}${await answer.text()}`).not.toContain("evil.example");
    }
  });
});

test("writer and standby both serve readers and take events: the standby hands them on", async () => {
  for (const address of [behind(), standbyAddress()]) {
    const ready = await fetch(`${address}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, serves: true, ingests: true, reasons: [] },
    ]);
  }
  const sent = await fetch(`${standbyAddress()}/ingest/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: "{}",
  });
  expect([sent.status, await sent.json()]).toMatchObject([
    200,
    { received: 1, dispositions: { rejected: 1 } },
  ]);
});

test("figures: a key of scope read through the proxy, this machine without one, nobody else", async () => {
  const proxied = { "x-forwarded-for": "203.0.113.7" };
  const refused = await fetch(`${behind()}/metrics`, { headers: proxied });
  expect(refused.status).toBe(401);
  expect(problem.parse(await refused.json()).code).toBe("unauthenticated");
  const headers = { ...proxied, authorization: `Bearer ${KEY}` };
  expect((await fetch(`${behind()}/metrics`, { headers })).status).toBe(200);
  expect((await fetch(`${behind()}/metrics`)).status).toBe(200);
});
