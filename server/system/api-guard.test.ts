import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AUTH_ROUTES } from "../access/auth-request.ts";
import { problem } from "../contracts/api/common.ts";
import { createLog } from "../lib/log.ts";
import { ROUTER, ROUTES } from "../routes.ts";
import { createApiGuard } from "./api-guard.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Every path of the table, with the methods of its routes. */
const PATHS = Array.from(
  Map.groupBy(ROUTES, ({ path }) => path),
  ([path, routes]) => ({ path, methods: routes.map(({ method }) => method as string) }),
);

test("of better-auth's routes there are those of the allow-list, by their own method alone", () => {
  expect(PATHS.filter(({ path }) => path.startsWith("/api/auth/"))).toEqual(
    AUTH_ROUTES.map(({ path, method }) => ({ path, methods: [method] })),
  );
});

describe("over HTTP", () => {
  let server: Server;
  beforeAll(async () => {
    const guard = createApiGuard(ROUTER, createLog("silent"));
    server = createServer((request, response) => {
      void guard(request, response).then((taken) => taken || response.writeHead(418).end());
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => server.close());

  const ask = (path: string, method: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
  const example = (path: string) => path.replace(/\{[\w.]+\}/g, "7");

  test.each(PATHS)(
    "$path: its own methods reach it, all others get 405 with Allow",
    async ({ path, methods }) => {
      const reads = methods.includes("GET") ? ["HEAD"] : [];
      const allow = [...methods, ...reads, "OPTIONS"].toSorted().join(", ");
      for (const method of METHODS) {
        const answer = await ask(example(path), method);
        if (methods.includes(method) || reads.includes(method))
          expect([method, answer.status]).toEqual([method, 418]);
        else if (method === "OPTIONS") {
          expect([answer.status, answer.headers.get("allow")]).toEqual([204, allow]);
        } else {
          expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, allow]);
          if (method !== "HEAD") expect(problem.parse(await answer.json()).code).toBe("method_not_allowed");
        }
      }
    },
  );

  test.each([
    "/api",
    "/api/",
    "/api/v1/nothing",
    "/api/v1/key-users/7/none",
    "/api/v2/key-users",
    "/api/openapiXjson",
    "/api/auth",
    "/api/auth/get-session",
    "/api/auth/verify-password",
    "/api/auth/sign-in/email/more",
  ])("%s is unknown: a problem document, and no page", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await ask(path, method);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
      expect(problem.parse(await answer.json()).code).toBe("not_found");
    }
  });

  test.each(["/", "/apiary", "/orders"])("%s is not its business", async (path) => {
    expect((await ask(path, "GET")).status).toBe(418);
  });
});
