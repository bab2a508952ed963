import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problem } from "../contracts/api/common.ts";
import { createLog } from "../lib/log.ts";
import { guardUpgrades, route } from "./http.ts";

let server: Server;

beforeAll(async () => {
  server = createServer().listen(0, "127.0.0.1");
  route(server, [], async (_, response) => void response.end("a page"), createLog("silent"));
  guardUpgrades(server, null);
  await once(server, "listening");
});
afterAll(() => server.close());

async function get(path: string, method = "GET"): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(request({ port, host: "127.0.0.1", path, method }).end(), "response");
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, text };
}

test.each(["/api/v1/key-users/%", "/retention/%E4%BD", "/%ED%A0%80", "/orders/%zz?date=1"])(
  "%s is no path: 400, not a fault of ours",
  async (path) => {
    const { status, text } = await get(path);
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([400, "invalid_input"]);
  },
);

test.each([
  ["*", "OPTIONS", 204],
  ["*", "GET", 400],
  ["orders", "GET", 400],
])("%s with %s is answered %i and not with a fault of ours", async (path, method, status) => {
  expect((await get(path, method)).status).toBe(status);
});

test.each(["/", "/orders?search=%", "/%E4%BD%A0", "/live", "/liveness"])(
  "%s reaches the pages",
  async (path) => {
    expect(await get(path)).toEqual({ status: 200, text: "a page" });
  },
);

test.each(["/live", "/livestock/", "/_next/webpack-hmr"])(
  "an upgrade of %s is not Socket.IO's: it ends here",
  async (path) => {
    const { port } = server.address() as AddressInfo;
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    const [error] = await once(request({ port, host: "127.0.0.1", path, headers }).end(), "error").catch(
      (e) => [e],
    );
    expect((error as NodeJS.ErrnoException).code).toBe("ECONNRESET");
  },
);

test.each(["PUT", "DELETE", "POST", "PATCH", "TRACE", "PROPFIND"])(
  "a page is read, and takes no %s",
  async (method) => {
    const { status, text } = await get("/orders", method);
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([405, "method_not_allowed"]);
  },
);

test("a route takes what it takes, and what a page takes is told", async () => {
  expect(await get("/api/v1/session", "DELETE")).toEqual({ status: 200, text: "a page" });
  expect((await get("/orders", "OPTIONS")).status).toBe(204);
  expect((await get("/orders", "HEAD")).status).toBe(200);
});

test("what fetches images by their address is not there", async () => {
  const { status, text } = await get("/_next/image?url=%2Fapi%2Fv1%2Fx%0A&w=64&q=75");
  expect([status, problem.parse(JSON.parse(text)).code]).toEqual([404, "not_found"]);
});
