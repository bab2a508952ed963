import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { PATIENCE } from "#testing/harness/patience.ts";
import type { Actor } from "../access/can.ts";
import type { RefusedRight } from "../access/refused-rights.ts";
import { type Context, setContext } from "../context.ts";
import { AppError } from "../lib/errors.ts";
import { createLog } from "../lib/log.ts";
import { defineRoute } from "./define-route.ts";

const ORIGIN = "http://tidewatch.test";
const PERSON: Actor = { kind: "person", id: "1", name: "Lin", role: "administrator", sessionId: "1" };

const refused: RefusedRight[] = [];

beforeAll(() => {
  const bare: Pick<Context, "authenticate" | "log" | "noteRefused"> = {
    authenticate: async (headers) => (headers.has("authorization") ? null : PERSON),
    log: createLog("silent"),
    noteRefused: (each) => void refused.push(each),
  };
  setContext(bare as Context);
});

const route = defineRoute({
  tag: "System",
  method: "POST",
  path: "/api/v1/thing",
  summary: "what came in",
  right: "session.read",
  query: z.object({ search: z.string().optional() }),
  body: { schema: z.object({ text: z.string().optional() }).catchall(z.unknown()) },
  answer: { type: "application/json" },
  handle: async ({ query, body, params }) => ({ query, body, params }),
});

async function post(
  body: string,
  { query = "", params }: { query?: string; params?: Record<string, string> } = {},
) {
  const request = new Request(`${ORIGIN}/api/v1/thing${query}`, {
    method: "POST",
    headers: { host: new URL(ORIGIN).host, origin: ORIGIN },
    body,
  });
  const response = await route.respond(request, params ?? {});
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("what PostgreSQL cannot hold does not come in", () => {
  test.each([
    ["a NUL in a text", '{"text":"a\\u0000b"}', {}],
    ["a NUL in a name", '{"a\\u0000":1}', {}],
    ["half of a pair", '{"text":"\\uD83D"}', {}],
    ["half of a pair, deep down", '{"list":[{"x":"\\udc00"}]}', {}],
    ["a NUL in the query", "{}", { query: "?search=%00" }],
    ["a NUL in the path", "{}", { params: { id: "\0" } }],
  ])("%s", async (_, body, options) => {
    expect(await post(body, options)).toMatchObject({ status: 400, body: { code: "invalid_input" } });
  });

  test.each([
    ["a whole pair", '{"text":"\\ud83d\\ude00"}', "😀"],
    ["a backslash before what looks like one", '{"text":"\\\\u0000"}', "\\u0000"],
    ["an empty body", "", undefined],
  ])("%s comes in", async (_, body, text) => {
    expect(await post(body)).toMatchObject({
      status: 200,
      body: { body: text === undefined ? {} : { text } },
    });
  });

  test("a body that is nested without end is refused, not fallen over", async () => {
    const deep = "[".repeat(200_000);
    for (const body of [deep, `${deep}"\\u0000"${"]".repeat(200_000)}`]) {
      expect((await post(body)).status).toBe(400);
    }
  });

  test("a body beyond 1 MiB", async () => {
    expect((await post(`{"text":"${"x".repeat(1024 * 1024)}"}`)).status).toBe(413);
  });
});

describe("no cache keeps what the API answers", () => {
  const answered = async (answer: object) => {
    const get = defineRoute({
      tag: "System",
      method: "GET",
      path: "/api/v1/thing",
      summary: "an answer",
      right: "session.read",
      answer: { type: "application/json" },
      handle: async () => answer,
    });
    const response = await get.respond(new Request(`${ORIGIN}/api/v1/thing`), {});
    return response.headers.get("cache-control");
  };

  test.each([
    ["an object", () => ({ a: 1 }), "no-store"],
    ["what was made (201)", () => Response.json({ a: 1 }, { status: 201 }), "no-store"],
    ["nothing (204)", () => new Response(null, { status: 204 }), "no-store"],
    ["a redirect, whose headers cannot be changed", () => Response.redirect(ORIGIN), "no-store"],
    ["what says otherwise", () => new Response("", { headers: { "cache-control": "no-cache" } }), "no-cache"],
  ])("%s", async (_, make, expected) => {
    expect(await answered(make())).toBe(expected);
  });
});

test.each([
  ["a page of our own", { origin: "https://tidewatch.test" }, 200],
  ["the same host without TLS", { origin: "http://tidewatch.test" }, 403],
  ["another port", { origin: "https://tidewatch.test:8443" }, 403],
  ["a page of another site", { origin: "https://elsewhere.example" }, 403],
  ["a page without an origin", { origin: "null" }, 403],
  ["no origin at all", {}, 403],
])("a write of %s (what the door decided counts, and no Host)", async (_, sent, status) => {
  const decided = { "x-forwarded-host": "tidewatch.test", "x-forwarded-proto": "https" };
  const request = new Request(`${ORIGIN}/api/v1/thing`, {
    method: "POST",
    headers: { host: "elsewhere.example", ...decided, ...sent },
    body: "{}",
  });
  expect((await route.respond(request, {})).status).toBe(status);
});

test("who sent a key that does not count is told so, and not to send one", async () => {
  const headers = { authorization: "Bearer tw_nobody" };
  const response = await route.respond(new Request(`${ORIGIN}/api/v1/thing`, { headers }), {});
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({
    detail: expect.stringMatching(/key is not known, was revoked or has expired/),
  });
});

test("who is refused a right is noted: who, which, where as it is declared, and from where", async () => {
  const closed = defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/thing/{id}",
    summary: "for machines alone",
    right: "ingest.write",
    answer: { type: "application/json" },
    handle: async () => ({}),
  });
  const headers = { "x-forwarded-for": "203.0.113.7" };
  const answer = await closed.respond(new Request(`${ORIGIN}/api/v1/thing/7`, { headers }), { id: "7" });
  expect(answer.status).toBe(403);
  expect(refused).toEqual([
    { actor: PERSON, right: "ingest.write", at: "GET /api/v1/thing/{id}", address: "203.0.113.7" },
  ]);
});

/** How many of these are in the handler at once, and the answers of all. */
async function atOnce(right: "audience.read" | "people.write", count: number) {
  const gate = Promise.withResolvers<void>();
  let inside = 0;
  const slow = defineRoute({
    tag: "System",
    method: "POST",
    path: "/api/v1/slow",
    summary: "answers when told to",
    right,
    answer: { type: "application/json" },
    handle: async () => {
      inside += 1;
      await gate.promise;
      return {};
    },
  });
  const headers = { host: new URL(ORIGIN).host, origin: ORIGIN };
  let answered = 0;
  const asked = Array.from({ length: count }, async () => {
    const answer = await slow.respond(new Request(`${ORIGIN}/api/v1/slow`, { method: "POST", headers }), {});
    answered += 1;
    return answer;
  });
  await vi.waitFor(() => expect(inside + answered).toBe(count), PATIENCE);
  gate.resolve();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  return { inside, refused: statuses.filter((status) => status === 429).length };
}

describe("what one sender may have answered at once", () => {
  test("of writes it is bounded", async () => {
    expect(await atOnce("people.write", 40)).toEqual({ inside: 8, refused: 32 });
  });

  test("of what only reads it is more, although its list of keys makes it a POST", async () => {
    expect(await atOnce("audience.read", 40)).toEqual({ inside: 16, refused: 24 });
  });
});

test("the audit log tells who tried to do alone what takes another administrator", async () => {
  const alone = defineRoute({
    tag: "System",
    method: "POST",
    path: "/api/v1/thing/confirm",
    summary: "what one has proposed oneself",
    right: "settings.write",
    answer: { type: "application/json" },
    handle: async () => {
      throw new AppError("own_proposal", 409, "You proposed this yourself.");
    },
  });
  const headers = { host: new URL(ORIGIN).host, origin: ORIGIN };
  const answer = await alone.respond(
    new Request(`${ORIGIN}/api/v1/thing/confirm`, { method: "POST", headers }),
    {},
  );
  expect(answer.status).toBe(409);
  expect(refused.at(-1)).toMatchObject({
    actor: { id: "1" },
    right: "settings.write",
    at: "POST /api/v1/thing/confirm",
    why: "own_proposal",
  });
});
