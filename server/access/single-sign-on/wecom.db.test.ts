import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { invite } from "#server/people/invitations.ts";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import type { DoubleAnswer } from "#testing/harness/provider-double.ts";
import { ORIGIN, SECRET } from "#testing/harness/sign-ins.ts";
import { openWithProviders, type Settings, TestBrowser } from "#testing/harness/single-sign-on.ts";
import { startWecom, WECOM_APP } from "#testing/harness/wecom-double.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { toldSubject } from "./told-subject.ts";

/** The whole way in and out with WeCom. @module-tag slow */

let server: TestServer;
let database: Database;
let wecom: Awaited<ReturnType<typeof startWecom>>;
let lin: string;
let logged = "";

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  wecom = await startWecom(ORIGIN);
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await database.db.invitation.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "manager" });
  wecom.members.clear();
  wecom.state.instead.clear();
  wecom.calls.splice(0);
  wecom.state.scans = "LinWei";
  wecom.state.expiresIn = 7_200;
  wecom.members.set("LinWei", { name: "林薇", department: [12, 34] });
  logged = "";
});
afterAll(async () => {
  wecom.stop();
  await database.close();
  await server.stop();
});

const log = pino(
  { level: "debug" },
  new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk);
      done();
    },
  }),
);

const open = (settings: Settings = {}) =>
  openWithProviders(database, { settings: { ...wecom.settings, ...settings }, log });
const browserOf = ({ handler }: ReturnType<typeof open>) => new TestBrowser(handler, "wecom");
const join = (subject = "linwei") =>
  database.db.account.create({
    data: {
      id: crypto.randomUUID(),
      userId: lin,
      providerId: "wecom",
      accountId: `${WECOM_APP.corpId} ${subject}`,
    },
  });
const accounts = () => database.db.account.count({ where: { providerId: "wecom" } });

describe("in", () => {
  test("by the subject that an administrator joined; capitals make no other one", async () => {
    await join();
    const opened = open();
    const browser = browserOf(opened);
    expect(await browser.signIn("", "/retention")).toBe("/sign-in?to=%2Fretention");
    const actor = await opened.authenticate(new Headers({ cookie: browser.cookieOf() }));
    expect(actor).toMatchObject({ kind: "person", id: lin, role: "manager", secondFactor: "none" });
    expect(await writtenActs(database.pool)).toMatchObject([
      { actor: lin, action: "session.sign-in", details: { by: "single sign-on" } },
    ]);
    const account = await database.db.account.findFirst({ where: { providerId: "wecom" } });
    expect(account).toMatchObject({ accessToken: null, refreshToken: null, idToken: null });
  });

  test("asks for a token once, and for another one when WeCom calls it stale or its time has passed", async () => {
    await join();
    const opened = open();
    const tokensBefore = wecom.state.tokens;
    await browserOf(opened).signIn();
    await browserOf(opened).signIn();
    expect(wecom.state.tokens - tokensBefore).toBe(1);
    wecom.state.token = "another process asked for one";
    expect(await browserOf(opened).signIn()).toBe("/sign-in");
    expect(wecom.state.tokens - tokensBefore).toBe(2);
    wecom.state.expiresIn = 1;
    const short = open();
    await browserOf(short).signIn();
    await browserOf(short).signIn();
    expect(wecom.state.tokens - tokensBefore).toBeGreaterThanOrEqual(4);
  });

  test("by the company's mailbox at first, whether the directory or a consent tells it", async () => {
    wecom.members.set("LinWei", { name: "林薇", biz_mail: "Lin@example.test" });
    expect(await browserOf(open()).signIn()).toBe("/sign-in");
    expect((await writtenActs(database.pool))[0]).toMatchObject({
      action: "person.join",
      details: { by: "verified e-mail address", provider: "wecom" },
    });
    await database.db.account.deleteMany({ where: { providerId: "wecom" } });
    wecom.members.set("LinWei", { name: "林薇", ticketMail: "lin@example.test" });
    expect(await browserOf(open()).signIn()).toBe("/sign-in");
    expect(wecom.calls).toContain("POST /cgi-bin/auth/getuserdetail");
  });

  test("by the link of an invitation, without any mail; the next time without it", async () => {
    const invited = { email: "mo@example.test", name: "Mo", role: "operations", segments: [] } as const;
    const { token } = await invite(database.db, { ...invited, segments: [] }, { by: lin, reason: "new" });
    const browser = browserOf(open());
    const back = await browser.follow(await browser.begin("/", { invitation: token }), "");
    const response = await browser.open(back.href);
    expect(response.headers.get("location")).toBe("/sign-in");
    expect(browser.cookieOf()).not.toContain("tidewatch.invitation");
    const mo = await database.db.user.findUnique({ where: { email: "mo@example.test" } });
    expect(mo).toMatchObject({ name: "Mo", role: "operations" });
    expect(await database.db.invitation.findFirst()).toMatchObject({ outcome: "accepted" });
    expect((await writtenActs(database.pool)).at(-2)).toMatchObject({
      action: "person.accept-invitation",
      details: { by: expect.stringMatching(/^invitation /), provider: "wecom" },
    });
    expect(await browserOf(open()).signIn()).toBe("/sign-in");
  });

  test("an invitation that was taken back lets nobody in", async () => {
    const { token } = await invite(
      database.db,
      { email: "mo@example.test", name: "Mo", role: "operations", segments: [] },
      { by: lin, reason: "new" },
    );
    await database.db.invitation.updateMany({ data: { outcome: "withdrawn" } });
    const browser = browserOf(open());
    const back = await browser.follow(await browser.begin("/", { invitation: token }), "");
    expect((await browser.open(back.href)).headers.get("location")).toContain("refused=unverified");
    expect(await database.db.user.count()).toBe(1);
  });
});

describe("the role", () => {
  test("stays what it is here unless departments give one", async () => {
    await join();
    await makeTestPerson(database.db, { email: "root@example.test", name: "Root", role: "administrator" });
    await browserOf(open()).signIn();
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ role: "manager" });
    await browserOf(open({ WECOM_ROLES: "34=operations,12=auditor" })).signIn();
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ role: "operations" });
  });

  test("of none of the departments is the default one, or none", async () => {
    await join();
    const roles = { WECOM_ROLES: "99=auditor" };
    expect(await browserOf(open(roles)).signIn()).toBe("/sign-in?by=wecom&refused=noRole");
    expect(await browserOf(open({ ...roles, WECOM_DEFAULT_ROLE: "operations" })).signIn()).toBe("/sign-in");
    expect(await database.db.user.findUnique({ where: { id: lin } })).toMatchObject({ role: "operations" });
  });

  test("whoever signs up has one, and a company mailbox", async () => {
    wecom.members.set("LinWei", { name: "莫", biz_mail: "mo@example.test" });
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=wecom&refused=unknown");
    expect(await browserOf(open({ WECOM_SIGN_UP: "1" })).signIn()).toBe("/sign-in?by=wecom&refused=noRole");
    const settings = { WECOM_SIGN_UP: "1", WECOM_DEFAULT_ROLE: "operations" };
    expect(await browserOf(open(settings)).signIn()).toBe("/sign-in");
    const mo = await database.db.user.findUnique({ where: { email: "mo@example.test" } });
    expect(mo).toMatchObject({ name: "莫", role: "operations" });
  });
});

describe("refused", () => {
  test("nobody knows them: they are told their id, for an administrator, and nobody else is", async () => {
    wecom.members.set("LinWei", { name: "林薇", email: "lin@example.test" });
    const browser = browserOf(open());
    // The private address is theirs to write: it opens nothing.
    expect(await browser.signIn()).toBe("/sign-in?by=wecom&refused=unverified");
    const told = await toldSubject(SECRET, new Headers({ cookie: browser.cookieOf() }));
    expect(told).toEqual({ provider: "wecom", subject: "linwei" });
    expect(await accounts()).toBe(0);
    expect(await writtenActs(database.pool)).toMatchObject([
      {
        action: "session.refused",
        subject: "unknown",
        details: { reason: "unverified", at: "single-sign-on" },
      },
    ]);
    expect(logged).not.toContain("linwei");
  });

  test("whoever breaks off comes back without a code", async () => {
    wecom.state.scans = null;
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=wecom&refused=cancelled");
  });

  test.each([
    ["nobody of the company", "openid:oABC", {}],
    ["a member of a company that is linked to it", "wwother/zhangsan", {}],
    ["a member who is disabled there", "LinWei", { status: 2 }],
    ["a member who has left", "LinWei", { status: 5 }],
  ])("%s", async (_, scans, changed) => {
    await join();
    wecom.state.scans = scans;
    wecom.members.set("LinWei", { name: "林薇", biz_mail: "lin@example.test", ...changed });
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=wecom&refused=stranger");
    expect(await database.db.session.count()).toBe(0);
  });

  test("whoever is disabled here", async () => {
    await join();
    await database.db.user.update({ where: { id: lin }, data: { disabledAt: new Date() } });
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=wecom&refused=disabled");
    expect((await writtenActs(database.pool))[0]).toMatchObject({
      subject: `person ${lin}`,
      details: { reason: "disabled" },
    });
  });

  test("a code of another browser, and one that was used", async () => {
    await join();
    const opened = open();
    const browser = browserOf(opened);
    const back = await browser.follow(await browser.begin(), "");
    const foreign = await browserOf(opened).open(back.href);
    expect(foreign.headers.get("location")).toBe("/sign-in?by=wecom&refused=expired");
    expect((await browser.open(back.href)).headers.get("location")).toBe("/sign-in");
    expect((await browser.open(back.href)).headers.get("location")).toContain("refused=expired");
  });

  const failing = (errcode: number): DoubleAnswer => ({ json: { errcode, errmsg: `fault ${errcode}` } });
  test.each<[string, string, DoubleAnswer, string]>([
    ["the secret is wrong", "gettoken", failing(40001), "setUp"],
    ["the server's address is on no list", "auth/getuserinfo", failing(60020), "address"],
    ["the address of return is not trusted", "auth/getuserinfo", failing(50001), "setUp"],
    ["the code is old", "auth/getuserinfo", failing(40029), "expired"],
    ["WeCom is busy", "auth/getuserinfo", failing(-1), "unreachable"],
    ["too many calls", "user/get", failing(45009), "unreachable"],
    ["they may not see the application", "user/get", failing(60011), "stranger"],
    ["tokens are never right", "auth/getuserinfo", failing(42001), "setUp"],
    ["it answers in HTML", "gettoken", { text: "<html>proxy</html>" }, "unreachable"],
    ["it answers a list", "gettoken", { json: [] }, "unreachable"],
    ["it fails", "user/get", { status: 502, json: {} }, "unreachable"],
    ["it gives no token", "gettoken", { json: { errcode: 0 } }, "unreachable"],
    ["it tells of somebody else", "user/get", { json: { errcode: 0, userid: "other" } }, "failed"],
  ])("%s", async (_, path, answer, refused) => {
    await join();
    wecom.state.instead.set(`/cgi-bin/${path}`, answer);
    expect(await browserOf(open()).signIn()).toBe(`/sign-in?by=wecom&refused=${refused}`);
    expect(await database.db.session.count()).toBe(0);
    wecom.state.instead.clear();
    expect(await browserOf(open()).signIn()).toBe("/sign-in");
  });

  test("WeCom says nothing: five seconds later they are told", async () => {
    wecom.state.instead.set("/cgi-bin/gettoken", "silence");
    const began = Date.now();
    expect(await browserOf(open()).signIn()).toBe("/sign-in?by=wecom&refused=unreachable");
    expect(Date.now() - began).toBeGreaterThanOrEqual(4_900);
  });

  test("what the log says of a fault holds neither the secret nor a token", async () => {
    await browserOf(open({ WECOM_SECRET: "another secret of the app" })).signIn();
    wecom.state.instead.set("/cgi-bin/user/get", failing(48002));
    await browserOf(open()).signIn();
    const opened = open();
    wecom.state.instead.set("/cgi-bin/auth/getuserinfo", {
      json: { errcode: 40013, errmsg: `of token token-${wecom.state.tokens + 1}` },
    });
    await browserOf(opened).signIn();
    expect(logged).toContain("48002");
    expect(logged).toContain("invalid credential …");
    expect(logged).not.toContain("secret of the app");
    expect(logged).not.toMatch(/token-\d/);
  });
});

describe("out", () => {
  test("the session ends here alone, and the way back to a disabled provider is closed", async () => {
    await join();
    const opened = open();
    const browser = browserOf(opened);
    await browser.signIn();
    const cookie = browser.cookieOf();
    const answer = await (await browser.post("/sign-out", {})).json();
    expect(answer).toEqual({ success: true });
    expect(await opened.authenticate(new Headers({ cookie }))).toBeNull();
    const without = new TestBrowser(openWithProviders(database, {}).handler, "wecom");
    expect((await without.post("/sign-in/social", { provider: "wecom" })).status).toBe(404);
    expect((await without.open(`${ORIGIN}/api/auth/callback/wecom?state=x&code=y`)).status).toBe(404);
    const other = await browser.post("/sign-in/social", { provider: "dingtalk" });
    expect(other.status).toBe(404);
  });
});
