import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { DINGTALK_APP, startDingtalk } from "#testing/harness/dingtalk-double.ts";
import type { DoubleAnswer } from "#testing/harness/provider-double.ts";
import { ORIGIN, SECRET } from "#testing/harness/sign-ins.ts";
import { openWithProviders, type Settings, TestBrowser } from "#testing/harness/single-sign-on.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { toldSubject } from "./told-subject.ts";

/** The whole way in and out with DingTalk. @module-tag slow */

const LIN = "uLin+/0=iEiE";
let server: TestServer;
let database: Database;
let dingtalk: Awaited<ReturnType<typeof startDingtalk>>;
let lin: string;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  dingtalk = await startDingtalk(`${ORIGIN}/api/auth/callback/dingtalk`);
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "manager" });
  dingtalk.users.clear();
  dingtalk.state.instead.clear();
  dingtalk.calls.splice(0);
  dingtalk.state.scans = LIN;
  dingtalk.users.set(LIN, {
    nick: "林薇",
    email: "lin@example.test",
    member: {
      userid: "0001",
      org_email: "Lin@example.test",
      dept_id_list: [12],
      role_list: [{ id: 34, name: "主管" }],
    },
  });
});
afterAll(async () => {
  dingtalk.stop();
  await database.close();
  await server.stop();
});

const open = (settings: Settings = {}) =>
  openWithProviders(database, { settings: { ...dingtalk.settings, ...settings } });
const browserOf = ({ handler }: ReturnType<typeof open>) => new TestBrowser(handler, "dingtalk");
const join = () =>
  database.db.account.create({
    data: {
      id: crypto.randomUUID(),
      userId: lin,
      providerId: "dingtalk",
      accountId: `${DINGTALK_APP.corpId} ${LIN}`,
    },
  });
const DIRECTORY = { DINGTALK_READ_DIRECTORY: "1" };

test("in by the subject that was joined, with two calls and no directory; out again", async () => {
  await join();
  const opened = open();
  const browser = browserOf(opened);
  expect(await browser.signIn("", "/orders")).toBe("/sign-in?to=%2Forders");
  const cookie = browser.cookieOf();
  const actor = await opened.authenticate(new Headers({ cookie }));
  expect(actor).toMatchObject({ id: lin, role: "manager", secondFactor: "none" });
  expect(dingtalk.calls).toEqual([
    "GET /oauth2/auth",
    "POST /v1.0/oauth2/userAccessToken",
    "GET /v1.0/contact/users/me",
  ]);
  expect(await (await browser.post("/sign-out", {})).json()).toEqual({ success: true });
  expect(await opened.authenticate(new Headers({ cookie }))).toBeNull();
});

test("an address that they wrote themselves opens nothing: they are told their id", async () => {
  const browser = browserOf(open());
  expect(await browser.signIn()).toBe("/sign-in?by=dingtalk&refused=unverified");
  const told = await toldSubject(SECRET, new Headers({ cookie: browser.cookieOf() }));
  expect(told).toEqual({ provider: "dingtalk", subject: LIN });
});

test("by the company's address at first, where its directory is read; one token of ours for all", async () => {
  const opened = open(DIRECTORY);
  const before = dingtalk.state.appTokens;
  expect(await browserOf(opened).signIn()).toBe("/sign-in");
  expect((await writtenActs(database.pool))[0]).toMatchObject({
    action: "person.join",
    details: { by: "verified e-mail address", provider: "dingtalk" },
  });
  await browserOf(opened).signIn();
  expect(dingtalk.state.appTokens - before).toBe(1);
  dingtalk.state.appToken = "another process asked for one";
  expect(await browserOf(opened).signIn()).toBe("/sign-in");
});

test.each([
  ["a department", "dept:12=operations", "operations"],
  ["a role there", "role:34=auditor,dept:12=operations", "auditor"],
  ["neither", "dept:99=auditor", null],
])("the role of %s", async (_, roles, role) => {
  await join();
  const at = await browserOf(open({ DINGTALK_ROLES: roles })).signIn();
  expect(at).toBe(role ? "/sign-in" : "/sign-in?by=dingtalk&refused=noRole");
  const person = await database.db.user.findUnique({ where: { id: lin } });
  expect(person?.role).toBe(role ?? "manager");
});

describe("refused", () => {
  test("whoever breaks off", async () => {
    dingtalk.state.scans = null;
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=dingtalk&refused=cancelled");
  });

  test("whoever chose another company there", async () => {
    await join();
    dingtalk.users.set(LIN, { ...dingtalk.users.get(LIN), corpId: "dingother" });
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=dingtalk&refused=stranger");
    expect(await database.db.session.count()).toBe(0);
  });

  test.each([
    ["nobody of the directory", null],
    ["a contact from outside", { userid: "0001", contact_type: 1 }],
    ["a member who is not active", { userid: "0001", active: false }],
  ])("%s", async (_, member) => {
    await join();
    dingtalk.users.set(LIN, { nick: "林薇", member });
    expect(await browserOf(open(DIRECTORY)).signIn()).toBe("/sign-in?by=dingtalk&refused=stranger");
  });

  test("whoever is disabled here", async () => {
    await join();
    await database.db.user.update({ where: { id: lin }, data: { disabledAt: new Date() } });
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=dingtalk&refused=disabled");
  });

  test("a secret that is wrong", async () => {
    const opened = open({ DINGTALK_CLIENT_SECRET: "another" });
    expect(await browserOf(opened).signIn()).toBe("/sign-in?by=dingtalk&refused=setUp");
  });

  const fault = (status: number, code: string): DoubleAnswer => ({ status, json: { code, message: code } });
  test.each<[string, string, DoubleAnswer, string]>([
    [
      "the code is old",
      "/v1.0/oauth2/userAccessToken",
      fault(400, "invalidParameter.authCode.notFound"),
      "expired",
    ],
    [
      "the server's address is on no list",
      "/v1.0/contact/users/me",
      fault(403, "Forbidden.AccessDenied.IpNotInWhiteList"),
      "address",
    ],
    [
      "a permission is missing",
      "/v1.0/contact/users/me",
      fault(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"),
      "setUp",
    ],
    ["too many calls", "/v1.0/contact/users/me", fault(429, "Throttling"), "unreachable"],
    ["it answers in HTML", "/v1.0/oauth2/userAccessToken", { text: "<html>" }, "unreachable"],
    ["it fails", "/v1.0/contact/users/me", { status: 503, json: {} }, "unreachable"],
    ["it names nobody", "/v1.0/contact/users/me", { json: { nick: "x" } }, "failed"],
    ["the directory takes no calls", "/topapi/user/getbyunionid", { json: { errcode: 60020 } }, "address"],
    ["the directory is closed", "/topapi/v2/user/get", { json: { errcode: 88, sub_code: "60011" } }, "setUp"],
    [
      "the directory tells of somebody else",
      "/topapi/v2/user/get",
      { json: { errcode: 0, result: { unionid: "other" } } },
      "failed",
    ],
  ])("%s", async (_, path, answer, refused) => {
    await join();
    dingtalk.state.instead.set(path, answer);
    expect(await browserOf(open(DIRECTORY)).signIn()).toBe(`/sign-in?by=dingtalk&refused=${refused}`);
    expect(await database.db.session.count()).toBe(0);
  });
});
