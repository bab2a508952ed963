import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { clientAddress, headersOf, ownOrigin } from "../access/client-address.ts";
import { DOOR_LIMITS, type DoorOptions, openDoor } from "./door.ts";

let server: Server;
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

type Answer = Parameters<typeof createServer>[1] & object;

async function open(answer: Answer, options: Partial<DoorOptions> = {}, limits = {}): Promise<void> {
  server = createServer({ connectionsCheckingInterval: 20, ...limits }, answer);
  openDoor(server, { publicUrl: undefined, trustedProxies: [], ...options });
  await once(server.listen(0, "127.0.0.1"), "listening");
}

function dial(): Socket {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  return socket;
}

/** All that comes until the connection ends. */
async function restOf(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  await endOf(socket);
  return text;
}

const endOf = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

const whole: Answer = (request, response) => {
  let length = 0;
  request.on("error", () => undefined);
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
  });
  request.on("end", () => response.end(`read ${length}`));
};
const HEAD = "POST /api/setup HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n";

test("what stands behind the door sees one truth of address and origin", async () => {
  await open((request, response) => {
    const headers = headersOf(request.headers);
    response.end(JSON.stringify([clientAddress({ headers }), ownOrigin(headers), request.url]));
  });
  const { port } = server.address() as AddressInfo;
  const forged = {
    "x-forwarded-for": "1.1.1.1",
    "x-forwarded-host": "evil.example",
    forwarded: "for=1.1.1.1",
  };
  const answer = await fetch(`http://127.0.0.1:${port}/a?b=c`, { headers: forged });
  expect(await answer.json()).toEqual(["127.0.0.1", `http://127.0.0.1:${port}`, "/a?b=c"]);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("permissions-policy")).toContain("camera=()");
});

test("a target that is a whole URL means its path, whatever host it names", async () => {
  await open((request, response) => response.end(`asked for ${request.url}`));
  const socket = dial();
  socket.write("GET http://evil.example/live/?a=1 HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  expect(await restOf(socket)).toContain("asked for /live/?a=1");
});

test.each([
  ["/x/../api/setup?a=1", "/api/setup?a=1"],
  ["/api/./auth/sign-in/email", "/api/auth/sign-in/email"],
  ["/x/%2e%2E/api/setup", "/api/setup"],
  ["/x\\..\\api/setup", "/api/setup"],
  ["/../..", "/"],
  ["//a/../b", "//b"],
  ["/api/v1/a..b/.c?d=/../e", "/api/v1/a..b/.c?d=/../e"],
  ["/orders?x=\\", "/orders?x=\\"],
])("a path is straightened once, before anything is decided by it: %s", async (sent, seen) => {
  const urls: unknown[] = [];
  await open((request, response) => {
    urls.push(request.url);
    response.end();
  });
  const socket = dial();
  socket.end(`GET ${sent} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  await restOf(socket);
  expect(urls).toEqual([seen]);
});

test("a stranger's slow body is cut on a way round by dots as well", async () => {
  await open(whole, { bodyMs: 200 });
  const socket = dial();
  socket.write("POST /x/../api/setup HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nContent-Length: 10\r\n\r\nabc");
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test("an answer before the body's end, to a request that has lost its socket, breaks nothing", async () => {
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on("uncaughtException", note);
  await open((request, response) => {
    Object.defineProperty(request, "socket", { value: null });
    response.writeHead(413).end();
  });
  const socket = dial();
  socket.write("POST /api/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc");
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 413 /);
  process.off("uncaughtException", note);
  expect(failures).toEqual([]);
});

test("what Next's pages ask each other by is nothing to a route, and stays for pages", async () => {
  const seen: unknown[] = [];
  await open((request, response) => {
    seen.push(request.headers.rsc);
    response.end();
  });
  for (const path of ["/api/v1/session", "/orders"]) {
    const socket = dial();
    socket.end(`GET ${path} HTTP/1.1\r\nHost: a\r\nRSC: 1\r\nConnection: close\r\n\r\n`);
    await restOf(socket);
  }
  expect(seen).toEqual([undefined, "1"]);
});

test("a stranger who drips a body is answered 408 and cut", async () => {
  await open(whole, { bodyMs: 200 });
  const socket = dial();
  socket.write(`${HEAD}\r\n`);
  const dripping = setInterval(() => socket.write("x"), 20);
  const answer = await restOf(socket);
  clearInterval(dripping);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain("x-content-type-options: nosniff");
});

test("who shows something to be known by is not cut where it is proved before the body is read", async () => {
  await open(whole, { bodyMs: 50 });
  const socket = dial();
  socket.write("POST /ingest/orders HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
  socket.write("Authorization: Bearer k\r\nContent-Length: 10\r\n\r\n");
  const dripping = setInterval(() => socket.write("x"), 20); // 200 ms in all
  expect(await restOf(socket)).toContain("read 10");
  clearInterval(dripping);
});

test("what is only said does not buy time where people become known by the body itself", async () => {
  await open(whole, { bodyMs: 100 });
  const socket = dial();
  socket.write(`${HEAD}Authorization: Bearer k\r\nCookie: a=b\r\n\r\n`);
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test("headers that do not come to their end are cut", async () => {
  await open(whole, {}, { headersTimeout: 100 });
  const socket = dial();
  socket.write("POST /api/setup HTTP/1.1\r\nHost: here\r\n");
  const dripping = setInterval(() => socket.write("x-a: b\r\n"), 20);
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(dripping);
});

test("of a body that was answered before its end little is read any more, and not for long", async () => {
  const arrived: Socket[] = [];
  await open((request, response) => {
    arrived.push(request.socket);
    response.writeHead(401).end();
  });
  const head = "POST /ingest/orders HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000000\r\n\r\n";
  const [flood, drip] = [dial(), dial()];
  for (const socket of [flood, drip]) socket.write(head);
  const closed = Promise.all([flood, drip].map(endOf));
  const part = Buffer.alloc(64 * 1024);
  const more = () => flood.writable && flood.write(part, () => setImmediate(more));
  more();
  const dripping = setInterval(() => drip.write("x"), 20);
  await closed;
  clearInterval(dripping);
  for (const socket of arrived) expect(socket.bytesRead).toBeLessThan(100_000_000);
});

test("a connection lives on when the body that was not wanted is short", async () => {
  await open((_request, response) => void response.writeHead(401).end("no"));
  const socket = dial();
  socket.write("POST /x HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n");
  await once(socket, "data");
  socket.write("bodyGET /y HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 401 /);
});

test.each([
  ["no HTTP at all\r\n\r\n", 400],
  [`GET / HTTP/1.1\r\nHost: here\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("what cannot be read is answered with a problem", async (sent, status) => {
  await open(whole);
  const socket = dial();
  socket.write(sent);
  const answer = await restOf(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain("application/problem+json");
  expect(answer).toContain("permissions-policy");
});

test("an offer of another protocol is not taken, and the request is answered as it is", async () => {
  await open(whole, {}, DOOR_LIMITS);
  server.on("upgrade", (_, stream) => stream.destroy());
  const socket = dial();
  socket.write(
    "POST /ingest/orders HTTP/1.1\r\nHost: here\r\nConnection: Upgrade, HTTP2-Settings, close\r\n",
  );
  socket.write("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 4\r\n\r\nbody");
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 200 [\s\S]*read 4/);
});

test.each(["the moon", "200-x", "100"])(
  "what Node would refuse by itself is refused with the headers of every answer: %s",
  async (expected) => {
    await open(whole);
    const socket = dial();
    socket.write(`GET / HTTP/1.1\r\nHost: here\r\nExpect: ${expected}\r\n\r\n`);
    const answer = await restOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 417 /);
    expect(answer).toContain("application/problem+json");
    expect(answer).toContain("x-content-type-options: nosniff");
  },
);
