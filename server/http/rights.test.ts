import { globSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { AUTH_ROUTES } from "../access/auth-request.ts";
import { type Action, type Actor, can, grantedTo, ROLES, SCOPES } from "../access/can.ts";
import { type Context, setContext } from "../context.ts";
import { createLog } from "../lib/log.ts";
import { ROUTES } from "../routes.ts";
import type { Route } from "./define-route.ts";
import { describeRights } from "./describe-rights.ts";

test("docs/rights.md is current (npm run docs writes it)", async () => {
  await expect(describeRights(ROUTES)).toMatchFileSnapshot("../../docs/rights.md");
});

/** Every route and page there is, under the right that opens it. What is found and not here fails. */
const RULES: Partial<Record<Action | "open", readonly string[]>> = {
  open: [
    ...AUTH_ROUTES.map(({ method, path }) => `${method} ${path}`),
    "POST /api/setup",
    "POST /api/invitation",
    "POST /api/reset",
    "GET /api/docs",
    "GET /api/openapi.json",
  ],
  "session.read": ["GET /api/v1/session"],
  "self.write": [
    "GET /api/v1/me",
    "PATCH /api/v1/me",
    "DELETE /api/v1/me/sessions",
    "DELETE /api/v1/me/sessions/{id}",
  ],
  "orders.read": [
    "GET /api/v1/orders/comparison",
    "GET /api/v1/orders/usual-gap",
    "GET /api/v1/orders/hours/{bizHour}/changes",
    "GET /api/v1/orders/hours/{bizHour}/changes.csv",
    "GET /api/v1/orders/days/{date}/late",
    "GET /api/v1/orders/days/{date}/revisions",
    "GET /api/v1/orders/hourly",
    "GET /api/v1/orders/hourly.csv",
    "GET /api/v1/orders/hours/{bizHour}/causes",
    "GET /api/v1/orders/hours/{bizHour}/orders",
    "GET /api/v1/orders/moves",
    "GET /api/v1/orders/replaced",
  ],
  "orders.revise": ["POST /api/v1/orders/days/{date}/apply-late"],
  "retention.read": [
    "GET /api/v1/business-calendar",
    "GET /api/v1/retention/cases",
    "GET /api/v1/retention/cases/{id}",
    "GET /api/v1/retention/cases/{id}/history",
    "GET /api/v1/retention/cases/{id}/last-page",
    "GET /api/v1/retention/counts",
    "GET /api/v1/retention/owners",
    "GET /api/v1/retention/occurrences",
  ],
  "retention.work": [
    "POST /api/v1/retention/undo",
    ...["call", "claim", "close", "contact", "note", "release", "reopen", "snooze", "take-over"].map(
      (verb) => `POST /api/v1/retention/cases/{id}/${verb}`,
    ),
  ],
  "personal.reveal": ["POST /api/v1/retention/cases/{id}/reveal"],
  "personal.export": ["GET /api/v1/key-users/personal-export"],
  "key-users.read": [
    "GET /api/v1/key-users",
    "GET /api/v1/key-users/editors",
    "GET /api/v1/key-users/export",
    "GET /api/v1/key-users/imports",
    "GET /api/v1/key-users/imports/{importId}/rows",
    "GET /api/v1/key-users/{userId}",
    "GET /api/v1/key-users/{userId}/history",
  ],
  "key-users.write": [
    "POST /api/v1/key-users",
    "PATCH /api/v1/key-users/{userId}",
    "DELETE /api/v1/key-users/{userId}",
    "POST /api/v1/key-users/{userId}/restore",
    "POST /api/v1/key-users/{userId}/revert",
    "POST /api/v1/key-users/imports",
    "POST /api/v1/key-users/imports/refused",
    "POST /api/v1/key-users/imports/rows",
    "POST /api/v1/key-users/imports/{importId}/undo",
  ],
  "audience.read": ["GET /api/v1/audience/accounts/{accountId}", "GET /api/v1/audience/now"],
  "features.read": ["GET /api/v1/features/last-page", "POST /api/v1/features/last-page/batch"],
  "pipeline.read": ["GET /api/v1/pipeline"],
  "dead-letters.read": [
    "GET /api/v1/dead-letters",
    "GET /api/v1/dead-letters/{id}",
    "GET /api/v1/dead-letters/reasons",
  ],
  "dead-letters.edit": [
    "POST /api/v1/dead-letters/{id}/discard",
    "POST /api/v1/dead-letters/{id}/replay",
    "POST /api/v1/dead-letters/discards",
    "POST /api/v1/dead-letters/replays",
  ],
  "deliveries.read": ["GET /api/v1/deliveries"],
  "deliveries.send-again": ["POST /api/v1/deliveries/{id}/send-again"],
  "alert-rules.read": ["GET /api/v1/alert-rules"],
  "alert-rules.write": ["PATCH /api/v1/alert-rules"],
  "audit.read": ["GET /api/v1/audit", "GET /api/v1/audit/actors", "GET /api/v1/audit/export"],
  "api-keys.read": ["GET /api/v1/api-keys"],
  "api-keys.write": [
    "POST /api/v1/api-keys",
    "POST /api/v1/api-keys/{id}/revoke",
    "POST /api/v1/api-keys/{id}/rotate",
  ],
  "people.read": ["GET /api/v1/people", "GET /api/v1/people/{id}/sessions"],
  "people.write": [
    "POST /api/v1/people/invitations",
    "POST /api/v1/people/invitations/{id}/reissue",
    "DELETE /api/v1/people/invitations/{id}",
    ...[
      "disable",
      "enable",
      "join",
      "reset",
      "reset-second-factor",
      "role",
      "scope",
      "sign-out",
      "unjoin",
    ].map((verb) => `POST /api/v1/people/{id}/${verb}`),
    "POST /api/v1/people/{id}/sessions/{sessionId}/end",
  ],
  "settings.read": ["GET /api/v1/settings", "GET /api/v1/settings/history", "GET /api/v1/proposals"],
  "settings.write": [
    "PATCH /api/v1/settings",
    "POST /api/v1/proposals/{id}/confirm",
    "POST /api/v1/proposals/{id}/refuse",
  ],
  "demo.wipe": ["POST /api/v1/demo/wipe"],
};

const PAGES: Partial<Record<Action | "open", readonly string[]>> = {
  // Of the open ones, /, /admin and /retention/[id] only send on.
  open: [
    "/",
    "/admin",
    "/forbidden",
    "/invitation",
    "/reset",
    "/retention/[id]",
    "/setup",
    "/sign-in",
    "/enrol",
    "/signed-in",
  ],
  "session.read": ["/me"],
  "orders.read": ["/orders"],
  "retention.read": ["/retention"],
  "key-users.read": ["/key-users"],
  "audience.read": ["/audience"],
  "pipeline.read": ["/pipeline"],
  "audit.read": ["/admin/audit"],
  "api-keys.read": ["/admin/api-keys"],
  "people.read": ["/admin/people"],
  "settings.read": ["/admin/settings"],
};

const ORIGIN = "http://tidewatch.test";
const PARAMS = { id: "1", userId: "1", accountId: "1", bizHour: "2026112210", date: "2026-11-22" };

const ACTORS: Readonly<Record<string, Actor>> = Object.fromEntries([
  ...ROLES.map((role) => [role, { kind: "person", id: role, name: role, role, sessionId: role }]),
  ...ROLES.map((role) => [
    `${role} who owes a second factor`,
    { kind: "person", id: role, name: role, role, sessionId: role, secondFactor: "needed" },
  ]),
  ...ROLES.map((role) => [
    `${role} where PERSONAL_EXPORT=administrators`,
    {
      kind: "person",
      id: role,
      name: role,
      role,
      sessionId: role,
      granted: grantedTo(role, "administrators"),
    },
  ]),
  ...SCOPES.map((scope) => [`key: ${scope}`, { kind: "machine", id: scope, name: scope, scopes: [scope] }]),
]);

/** Knows who asks, and fails at everything else: whoever gets past the rights gets a 400 or a 500. */
const bare: Pick<Context, "authenticate" | "log" | "noteRefused"> = {
  authenticate: async (headers) => ACTORS[headers.get("x-actor") ?? ""] ?? null,
  log: createLog("silent"),
  noteRefused: () => undefined,
};
setContext(bare as Context);

const visitor = { headers: new Headers() };
vi.mock("next/headers", () => ({ headers: async () => visitor.headers }));
vi.mock("next/navigation", async (original) => ({
  ...(await original<object>()),
  redirect: (to: string) => {
    throw new Error(`sent to ${to}`);
  },
}));

const routes = ROUTES.map((route) => ({ ...route, key: `${route.method} ${route.path}` }));
const pageFiles = globSync("app/**/page.tsx");
const pathOf = (file: string): string =>
  file
    .replace(/^app/, "")
    .replace(/\/\([^)]+\)/g, "")
    .replace(/\/page\.tsx$/, "") || "/";

function ruleOf(table: typeof RULES, key: string): Action | "open" | undefined {
  return (Object.keys(table) as (Action | "open")[]).find((action) => table[action]?.includes(key));
}

async function statusFor(route: Route, actor: string, origin: string | null = ORIGIN): Promise<number> {
  const headers = new Headers({ host: new URL(ORIGIN).host, "if-match": '"1"', "x-actor": actor });
  if (origin !== null) headers.set("origin", origin);
  const body = ["GET", "HEAD"].includes(route.method) ? {} : { body: "{}" };
  const request = new Request(`${ORIGIN}${route.path}`, { method: route.method, headers, ...body });
  return (await route.respond(request, PARAMS)).status;
}

describe("every route has its rule", () => {
  test("the table names exactly the routes that there are", () => {
    const named = Object.values(RULES).flat();
    expect(routes.map((route) => route.key).sort()).toEqual(named.sort());
  });

  const ruled = routes.filter((route) => ruleOf(RULES, route.key) !== "open");

  test.each(ruled)("$key: nobody gets 401, who may not 403, and only who may gets in", async (route) => {
    expect(await statusFor(route, "nobody")).toBe(401);
    const action = ruleOf(RULES, route.key) as Action;
    for (const [name, actor] of Object.entries(ACTORS)) {
      const status = await statusFor(route, name);
      expect([name, status !== 403 && status !== 401]).toEqual([name, can(actor, action)]);
    }
  });

  const unsafe = ruled.filter((route) => route.method !== "GET");

  test.each(unsafe)("$key: a person's write from another origin, or from none, is refused", async (route) => {
    const origins = ["https://elsewhere.example", "null", "not a url", null];
    for (const origin of origins) expect(await statusFor(route, "administrator", origin)).toBe(403);
  });

  test.each(["/api/setup", "/api/invitation", "/api/reset"])(
    "%s is open, and takes no request from elsewhere either",
    async (path) => {
      const open = routes.find((route) => route.path === path);
      expect(open && (await statusFor(open, "nobody", "https://elsewhere.example"))).toBe(403);
    },
  );
});

describe("every page has its rule", { tags: "slow" }, () => {
  test("the table names the pages that there are", () => {
    expect(Object.values(PAGES).flat()).toEqual(expect.arrayContaining(pageFiles.map(pathOf)));
  });

  const ruled = pageFiles.filter((file) => ruleOf(PAGES, pathOf(file)) !== "open");

  test.each(ruled)("%s: nobody is sent to sign in, who may not is told so", async (file) => {
    const action = ruleOf(PAGES, pathOf(file)) as Action;
    const { default: Page } = (await import(/* @vite-ignore */ `../../${file}`)) as {
      default: (props: object) => Promise<unknown>;
    };
    const visit = async (actor: string) => {
      visitor.headers = new Headers({ "x-actor": actor });
      return Page({ params: Promise.resolve(PARAMS), searchParams: Promise.resolve({}) }).then(
        () => "in",
        (error: Error) => error.message,
      );
    };
    expect(await visit("nobody")).toBe("sent to /sign-in");
    for (const role of ROLES) {
      const actor = ACTORS[role] as Actor;
      const outcome = await visit(role);
      expect([role, outcome === "sent to /forbidden"]).toEqual([role, !can(actor, action)]);
    }
    for (const role of ROLES) {
      expect(await visit(`${role} who owes a second factor`)).toBe("sent to /enrol");
    }
    expect(await visit("key: read")).toBe("sent to /sign-in");
  });
});
