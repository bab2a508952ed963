import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEn } from "#components/audit/messages/en.ts";
import { detailsOf } from "#components/audit/prepare-audit.ts";
import { ApiKeys } from "#server/access/api-keys.ts";
import { createAuth } from "#server/access/auth.ts";
import { createAuthHandler } from "#server/access/auth-handler.ts";
import { createAuthenticate } from "#server/access/authenticate.ts";
import type { Actor } from "#server/access/can.ts";
import { DeviceCookies } from "#server/access/device-cookie.ts";
import { parseConfig } from "#server/config/config.ts";
import { type Context, setContext } from "#server/context.ts";
import type { AuditAction } from "#server/contracts/audit-actions.ts";
import { SETTING_NAMES } from "#server/contracts/settings.ts";
import type { Route } from "#server/http/define-route.ts";
import { createLog } from "#server/lib/log.ts";
import { issueFirstAdministratorToken } from "#server/people/first-administrator.ts";
import { proposeAlertRules } from "#server/retention/change-alert-rules.ts";
import { alertRules } from "#server/retention/read-alert-rules.ts";
import { ROUTES } from "#server/routes.ts";
import { SettingsInForce } from "#server/settings/in-force.ts";
import { insertCase, somebody } from "../factories/case-factory.ts";
import { ADA, type DeadLetterHarness, openDeadLetterHarness } from "../factories/dead-letter-harness.ts";
import { at } from "../factories/events.ts";
import { makeTestPerson, TEST_PASSWORD } from "../factories/people.ts";
import { settingsAs } from "../factories/settings.ts";
import { type WrittenAct, writtenActs } from "../harness/audit-log.ts";
import { peopleWrites } from "../harness/audited-people.ts";
import type { Asked, Write } from "../harness/audited-writes.ts";
import { cookiesOf } from "../harness/sign-ins.ts";
import { startTestServer, TEST_CIPHER, TEST_TIME, type TestServer } from "../harness/writer-harness.ts";

/**
 * Every route that is no GET, and every one that gives a file, leaves an audit entry with who did it and from where, or says here why it leaves none. A new route
 * is a line in one of the two tables.
 * @module-tag slow
 */

/** What reads, although it is a POST: a list of keys or a file is no part of an address. */
const LEAVE_NONE: Readonly<Record<string, string>> = {
  "POST /api/auth/two-factor/enable":
    "shows a second factor, which counts for nothing until a code confirms it",
  "POST /api/v1/features/last-page/batch": "reads last pages by a list of keys",
  "POST /api/v1/key-users/imports/refused": "shows the lines that an import would refuse",
  "POST /api/auth/sign-in/social": "leads to the provider; who comes back from it is audited",
};

const ORIGIN = "http://tidewatch.test";
const ADDRESS = "203.0.113.7";
const REASON = "as the test asks";
const SECRET = "a secret for the sessions of this test";

let server: TestServer;
let harness: DeadLetterHarness;
let lin: string;
let acting: Actor = ADA;
let authHandler: Context["authHandler"];
let userId = 1_000;
let percent = 30;

const bodyOf = (body: object | undefined): Asked => ({ ...(body ? { body } : {}) });
const onCase = (action: AuditAction, given: Parameters<typeof insertCase>[1], body?: object): Write => ({
  action,
  prepare: async () => {
    userId += 1;
    const id = await insertCase(harness.pool, { userId: String(userId), ...given });
    return { params: { id }, version: 1, ...bodyOf(body) };
  },
});
const keyUser = async (): Promise<string> => {
  userId += 1;
  await ask("POST /api/v1/key-users", { body: { userId: String(userId), rawPremium: "100" } });
  return String(userId);
};
const onKeyUser = (action: AuditAction, body?: object): Write => ({
  action,
  prepare: async () => ({ params: { userId: await keyUser() }, version: 1, ...bodyOf(body) }),
});
const signInBody = { email: "lin@example.test", password: TEST_PASSWORD };
const signedIn = async (): Promise<string> =>
  cookiesOf(await ask("POST /api/auth/sign-in/email", { body: signInBody }));
const deadLetter = async (): Promise<{ id: string; version: number }> => {
  await harness.send("orders", [
    { id: "7", order_no: "D", gmt_modified: at("11-22 10:00"), account_payble: "1,5元" },
  ]);
  const { rows } = await harness.pool.query(
    "SELECT id::text, version FROM dead_letter WHERE state = 'open' ORDER BY id DESC",
  );
  return rows[0];
};
const onDeadLetter = (action: AuditAction, body: object): Write => ({
  action,
  prepare: async () => {
    const { id, version } = await deadLetter();
    return { params: { id }, version, body };
  },
});
const onGroup = (action: AuditAction): Write => ({
  action,
  prepare: async () => {
    await deadLetter();
    return { body: { stream: "orders", code: "bad_amount", field: "account_payble", reason: REASON } };
  },
});
/** Of somebody else than who acts. */
const proposal = async (): Promise<string> => {
  const ctx = { ...harness.ctx, db: harness.db, settings: settingsAs(parseConfig({})) };
  const { items } = await alertRules(ctx, { limit: 1 });
  percent += 1;
  const patch = { stepPercent: String(percent), reason: REASON };
  const { proposal: made } = await proposeAlertRules(ctx, { id: "cli:root" }, items[0]?.version ?? 0, patch);
  return made.id;
};
const LIST = "id,raw_premium,raw_info\n";
const asLin = () => lin;
/** May reveal, which an administrator may not. */
const HE = somebody("he");

const WRITES: Readonly<Record<string, Write>> = {
  "POST /api/auth/sign-in/email": {
    action: "session.sign-in",
    actor: asLin,
    prepare: async () => ({ body: signInBody }),
  },
  "POST /api/auth/sign-in/username": {
    action: "session.sign-in",
    actor: asLin,
    prepare: async () => ({ body: { username: "lin", password: TEST_PASSWORD } }),
  },
  "POST /api/auth/change-password": {
    action: "person.change-password",
    actor: asLin,
    prepare: async () => ({
      cookie: await signedIn(),
      body: { currentPassword: TEST_PASSWORD, newPassword: "quite another long phrase" },
    }),
  },
  "POST /api/auth/sign-out": {
    action: "session.sign-out",
    actor: asLin,
    prepare: async () => {
      const body = { ...signInBody, password: "quite another long phrase" };
      return { cookie: cookiesOf(await ask("POST /api/auth/sign-in/email", { body })), body: {} };
    },
  },
  "POST /api/setup": {
    action: "person.create",
    actor: () => "anonymous",
    prepare: async () => {
      await harness.db.user.updateMany({ where: { role: "administrator" }, data: { role: "manager" } });
      const token = await issueFirstAdministratorToken(harness.db);
      return { body: { token, name: "First One", email: "first@example.test", password: TEST_PASSWORD } };
    },
  },
  "POST /api/v1/orders/days/{date}/apply-late": {
    action: "orders.revise",
    prepare: async () => {
      const order = { id: "7", account_payble: "10.00" };
      await harness.send("orders", [{ ...order, order_no: "A", gmt_modified: at("11-22 10:00") }]);
      harness.setNow(at("11-24 08:00"));
      await harness.send("orders", [{ ...order, order_no: "B", gmt_modified: at("11-22 11:00") }]);
      const covered =
        "SELECT covered_position >= (SELECT max(position) FROM event_log) AS is FROM stream WHERE name = 'orders'";
      await expect.poll(async () => (await harness.pool.query(covered)).rows[0].is).toBe(true);
      return { params: { date: "2026-11-22" }, version: 1, body: { reason: REASON } };
    },
  },
  "POST /api/v1/retention/cases/{id}/claim": onCase("retention.claimed", {}),
  "POST /api/v1/retention/cases/{id}/take-over": onCase(
    "retention.takenOver",
    { state: "claimed", assignee: "he" },
    { from: "he" },
  ),
  "POST /api/v1/retention/cases/{id}/release": onCase("retention.released", {
    state: "claimed",
    assignee: ADA.id,
  }),
  "POST /api/v1/retention/cases/{id}/contact": onCase("retention.contacted", {}),
  "POST /api/v1/retention/cases/{id}/snooze": onCase(
    "retention.snoozed",
    {},
    { until: "2026-12-24T01:00:00Z" },
  ),
  "POST /api/v1/retention/cases/{id}/close": onCase("retention.closed", {}, { outcome: "lost" }),
  "POST /api/v1/retention/cases/{id}/reopen": onCase("retention.reopened", { state: "closed" }),
  "POST /api/v1/retention/cases/{id}/note": onCase("retention.noted", {}, { text: "away until Friday" }),
  "POST /api/v1/retention/cases/{id}/call": onCase("retention.called", {}, { result: "no_answer" }),
  "POST /api/v1/retention/cases/{id}/reveal": {
    action: "personal.reveal",
    as: HE,
    prepare: async () => {
      userId += 1;
      const customer = { id: String(userId), customer_name: "Wang Xiaoming", customer_tel: "13812345678" };
      await harness.send("orders", [
        { ...customer, order_no: "R", account_payble: "10.00", gmt_modified: harness.ctx.now() },
      ]);
      const params = { id: await insertCase(harness.pool, { userId: String(userId) }) };
      return { params, body: { field: "telephone", reason: "calling" } };
    },
  },
  "POST /api/v1/retention/undo": {
    action: "retention.undone",
    prepare: async () => {
      userId += 1;
      const id = await insertCase(harness.pool, { userId: String(userId) });
      await ask("POST /api/v1/retention/cases/{id}/claim", { params: { id }, version: 1 });
      const { rows } = await harness.pool.query("SELECT id::text FROM case_event WHERE case_id = $1", [id]);
      return { body: { acts: [{ case: id, entry: rows[0].id }] } };
    },
  },
  "PATCH /api/v1/alert-rules": {
    action: "alert-rules.change",
    prepare: async () => ({ version: 1, body: { stepPercent: "17", reason: REASON } }),
  },
  "POST /api/v1/key-users": {
    action: "key-users.add",
    prepare: async () => ({ body: { userId: "900", rawPremium: "100" } }),
  },
  "PATCH /api/v1/key-users/{userId}": onKeyUser("key-users.edit", { rawPremium: "90" }),
  "DELETE /api/v1/key-users/{userId}": onKeyUser("key-users.remove"),
  "POST /api/v1/key-users/{userId}/restore": {
    action: "key-users.restore",
    prepare: async () => {
      const params = { userId: await keyUser() };
      await ask("DELETE /api/v1/key-users/{userId}", { params, version: 1 });
      return { params, version: 2 };
    },
  },
  "POST /api/v1/key-users/{userId}/revert": {
    action: "key-users.revert",
    prepare: async () => {
      const params = { userId: await keyUser() };
      await ask("PATCH /api/v1/key-users/{userId}", { params, version: 1, body: { rawPremium: "90" } });
      const { rows } = await harness.pool.query(
        "SELECT id::text FROM baseline_change WHERE user_id = $1 AND source = 'edit'",
        [params.userId],
      );
      return { params, version: 2, body: { changeId: rows[0].id } };
    },
  },
  "POST /api/v1/key-users/imports": {
    action: "key-users.import",
    prepare: async () => ({ type: "text/csv", body: `${LIST}901,50,a\n` }),
  },
  // Without names and telephones it leaves none: it only shows.
  "POST /api/v1/key-users/imports/rows": {
    action: "key-users.preview",
    prepare: async () => ({
      type: "text/csv",
      body: "id,raw_premium,raw_info,customer_name,customer_tel\n901,50,a,Wang Xiaoming,13812345678\n",
      search: "?group=unchanged",
    }),
  },
  "POST /api/v1/key-users/imports/{importId}/undo": {
    action: "key-users.undo-import",
    prepare: async () => {
      await ask("POST /api/v1/key-users/imports", { type: "text/csv", body: `${LIST}902,50,a\n` });
      const { rows } = await harness.pool.query("SELECT max(id)::text AS id FROM key_user_import");
      return { params: { importId: rows[0].id }, body: { reason: REASON } };
    },
  },
  "POST /api/v1/dead-letters/{id}/replay": onDeadLetter("dead-letters.replay", {
    fields: { account_payble: "1.5" },
  }),
  "POST /api/v1/dead-letters/{id}/discard": onDeadLetter("dead-letters.discard", { reason: REASON }),
  "POST /api/v1/dead-letters/replays": onGroup("dead-letters.replay"),
  "POST /api/v1/dead-letters/discards": onGroup("dead-letters.discard"),
  "POST /api/v1/deliveries/{id}/send-again": {
    action: "deliveries.send-again",
    prepare: async () => {
      userId += 1;
      const caseId = await insertCase(harness.pool, { userId: String(userId) });
      const { rows } = await harness.pool.query(
        `WITH told AS (INSERT INTO outbox (delivery_key, case_id, kind, payload, created_at) VALUES ('key', $1, 'opened', '{}', now()) RETURNING id)
         INSERT INTO delivery (outbox_id, channel, state, next_attempt_at) SELECT id, 'webhook', 'dead', now() FROM told RETURNING id::text`,
        [caseId],
      );
      return { params: { id: rows[0].id } };
    },
  },
  "POST /api/v1/demo/wipe": {
    action: "demo.wipe",
    prepare: async () => {
      await harness.db.setting.upsert({
        where: { key: "demo" },
        create: { key: "demo", value: true },
        update: { value: true },
      });
      return {};
    },
  },
  "PATCH /api/v1/settings": {
    action: "settings.change",
    prepare: async () => ({ version: 0, body: { changes: { KEEP_LOG: "90d" }, reason: REASON } }),
  },
  "POST /api/v1/proposals/{id}/confirm": {
    action: "proposal.confirm",
    prepare: async () => ({ params: { id: await proposal() }, body: {} }),
  },
  "POST /api/v1/proposals/{id}/refuse": {
    action: "proposal.refuse",
    prepare: async () => ({ params: { id: await proposal() }, body: { reason: REASON } }),
  },
  ...peopleWrites({ db: () => harness.db, ask, ada: ADA }),
};

/** What is taken out as a file. */
const EXPORTS: Readonly<Record<string, Write>> = {
  "GET /api/v1/key-users/export": { action: "key-users.export", prepare: async () => ({}) },
  "GET /api/v1/key-users/personal-export": {
    action: "personal.export",
    as: { ...somebody("ada", "administrator"), granted: ["personal.export"] },
    prepare: async () => ({}),
  },
  "GET /api/v1/orders/hourly.csv": {
    action: "orders.export",
    prepare: async () => ({ search: "?date=2026-11-22" }),
  },
  "GET /api/v1/orders/hours/{bizHour}/changes.csv": {
    action: "orders.export",
    prepare: async () => ({ params: { bizHour: "2026112210" } }),
  },
  "GET /api/v1/audit/export": { action: "audit.export", prepare: async () => ({}) },
};

const keyOf = ({ method, path }: Pick<Route, "method" | "path">) => `${method} ${path}`;
const routeOf = (key: string): Route => {
  const route = ROUTES.find((each) => keyOf(each) === key);
  if (!route) throw new Error(`there is no ${key}`);
  return route;
};

function ask(
  key: string,
  { params = {}, version, search = "", body, type = "application/json", cookie }: Asked,
) {
  const headers = new Headers({
    host: new URL(ORIGIN).host,
    origin: ORIGIN,
    "content-type": type,
    "x-forwarded-for": ADDRESS,
    ...(version === undefined ? {} : { "if-match": `"${version}"` }),
    ...(cookie === undefined ? {} : { cookie }),
  });
  const route = routeOf(key);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
  const init = { method: route.method, headers, ...(route.method === "GET" ? {} : { body: text }) };
  return route.respond(new Request(`${ORIGIN}${path}${search}`, init), params);
}

beforeAll(async () => {
  server = await startTestServer();
  const url = await server.freshDatabase();
  harness = await openDeadLetterHarness(url, { dayCloseAfterHours: 24 });
  lin = await makeTestPerson(harness.db, { email: "lin@example.test", username: "lin" });
  await harness.db.user.create({
    data: { id: "he", name: "He Min", email: "he@example.test", role: "manager" },
  });
  const log = createLog("silent");
  const auth = createAuth({ db: harness.db, secret: SECRET, publicUrl: undefined, log });
  const known = createAuthenticate(auth, new ApiKeys(harness.db, Date.now));
  authHandler = createAuthHandler({
    auth,
    authenticate: known,
    db: harness.db,
    pool: harness.pool,
    devices: new DeviceCookies(SECRET, false),
    secret: SECRET,
    rule: "none",
    log,
  });
  const config = {
    ...parseConfig({
      DEMO: "1",
      PUBLIC_URL: "http://localhost:3000",
      WECOM_CORP_ID: "ww1",
      WECOM_AGENT_ID: "1",
      WECOM_SECRET: "secret",
    }),
    MAX_FUTURE_SKEW_MS: 300_000,
  };
  const context: Partial<Context> = {
    ...harness.ctx,
    config,
    settings: new SettingsInForce({ pool: harness.pool, cipher: TEST_CIPHER, config, groups: [] }),
    db: harness.db,
    time: TEST_TIME,
    log,
    epoch: "test",
    demo: null,
    mailer: null,
    authenticate: async () => acting,
    authHandler: (request) => authHandler(request),
    noteRefused: () => undefined,
  };
  setContext(context as Context);
});
afterAll(async () => {
  await harness.close();
  await server.stop();
});

const exports = ROUTES.filter(
  ({ method, answer }) => method === "GET" && "type" in answer && answer.type === "text/csv",
).map(keyOf);
const writes = ROUTES.filter(({ method }) => method !== "GET").map(keyOf);

describe("every write and every export leaves an audit entry", () => {
  test("the tables name exactly those that there are", () => {
    expect([...Object.keys(WRITES), ...Object.keys(LEAVE_NONE)].sort()).toEqual(writes.sort());
    expect(Object.keys(EXPORTS).sort()).toEqual(exports.sort());
  });

  beforeEach(() => {
    acting = ADA;
  });

  test.each(Object.entries({ ...EXPORTS, ...WRITES }))(
    "%s",
    async (key, { action, as = ADA, actor = () => as.id, prepare }) => {
      const asked = await prepare();
      acting = as;
      const before = (await writtenActs(harness.pool)).length;
      const answer = await ask(key, asked);
      const text = await answer.text(); // to its end: a file's place is free then
      expect([answer.status, answer.ok ? "" : text]).toEqual([
        expect.toSatisfy((status) => status < 300),
        "",
      ]);
      const acts = (await writtenActs(harness.pool)).slice(before);
      const own = acts.filter((act) => act.action === action);
      expect(own).toEqual([expect.objectContaining({ actor: actor(), action, address: ADDRESS })]);
      expect(own.map(({ subject }: WrittenAct) => subject)).toEqual([expect.stringMatching(/\S/)]);
    },
  );
});

test("whatever stands in details has words in the audit log", async () => {
  const acts = await writtenActs(harness.pool);
  const parts = acts.flatMap(({ details }) => detailsOf(details ?? {}).flatMap(([path]) => path.split(".")));
  const known = new Set([...Object.keys(auditEn.names), ...SETTING_NAMES]);
  expect([...new Set(parts)].filter((part) => !known.has(part))).toEqual([]);
});

test("what was typed of a customer stands in none of them", async () => {
  const text = JSON.stringify(await writtenActs(harness.pool));
  expect(text).not.toMatch(
    /away until Friday|1,5元|another long phrase|a long test password|Xiaoming|13812345678/,
  );
});
