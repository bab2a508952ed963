import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createForeignAssets } from "./foreign-assets.ts";

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A node of the old build: what it was asked. */
async function oldNode() {
  const asked: string[] = [];
  const url = await listen((request, response) => {
    asked.push(request.url ?? "");
    if (request.url !== "/_next/static/chunks/old.js") return void response.writeHead(404).end();
    const headers = {
      "content-type": "text/javascript",
      "cache-control": "public, max-age=31536000, immutable",
    };
    response.writeHead(200, { ...headers, "set-cookie": "x=1" }).end("old code");
  });
  return { url, asked };
}

async function newNode(others: readonly string[]) {
  const handle = createForeignAssets({
    has: async (file) => file === "chunks/new.js",
    others: async () => others,
    now: Date.now,
  });
  return listen(async (request, response) => {
    if (!(await handle(request, response))) response.writeHead(404).end("not here");
  });
}

test("a file of the old build is fetched from a node that has it, also when another has ended", async () => {
  const old = await oldNode();
  const url = await newNode(["http://127.0.0.1:1", old.url]);
  const answer = await fetch(`${url}/_next/static/chunks/old.js?v=1`);
  expect([answer.status, await answer.text()]).toEqual([200, "old code"]);
  expect(answer.headers.get("content-type")).toBe("text/javascript");
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(answer.headers.get("set-cookie")).toBeNull();
});

test.each([
  ["a file of this build", "/_next/static/chunks/new.js", {}],
  ["a page", "/orders", {}],
  ["a way out of the folder", "/_next/static/%2e%2e/server.js", {}],
  ["what a node asks", "/_next/static/chunks/old.js", { headers: { "x-tidewatch-node": "1" } }],
  ["what is written", "/_next/static/chunks/old.js", { method: "POST" }],
])("%s is asked of nobody", async (_, path, options) => {
  const old = await oldNode();
  const url = await newNode([old.url]);
  expect((await fetch(`${url}${path}`, options)).status).toBe(404);
  expect(old.asked).toEqual([]);
});

test("what nobody has is not there", async () => {
  const old = await oldNode();
  const url = await newNode([old.url]);
  expect((await fetch(`${url}/_next/static/chunks/none.js`)).status).toBe(404);
  expect(old.asked).toEqual(["/_next/static/chunks/none.js"]);
});
