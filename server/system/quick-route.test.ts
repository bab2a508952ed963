import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Route } from "../http/define-route.ts";
import { Router } from "../http/router.ts";
import { quickRoute } from "./quick-route.ts";

let server: Server;
let address: string;

beforeAll(async () => {
  const route: Route = {
    tag: "System",
    method: "GET",
    path: "/api/quick",
    summary: "quick",
    right: "open",
    answer: { type: "application/json" },
    respond: async (request) =>
      Response.json(
        { query: new URL(request.url).search, key: request.headers.get("authorization") },
        { status: 403, headers: { "cache-control": "no-store" } },
      ),
  };
  const handler = quickRoute("/api/quick", new Router([route]), { dev: false, publicUrl: undefined });
  server = createServer((request, response) => {
    void handler(request, response).then((taken) => taken || response.writeHead(418).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("the route's own answer goes out: status, headers, body, and the guard's headers", async () => {
  const headers = { authorization: "Bearer k" };
  const response = await fetch(`${address}/api/quick?account_id=a%20b`, { headers });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({ query: "?account_id=a%20b", key: "Bearer k" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["POST", "/api/quick"],
  ["HEAD", "/api/quick"],
  ["GET", "/api/quick/more"],
  ["GET", "/api"],
])("%s %s is left to the pages", async (method, path) => {
  expect((await fetch(`${address}${path}`, { method })).status).toBe(418);
});
