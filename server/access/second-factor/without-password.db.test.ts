import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { waysInOf } from "#server/people/ways-in.ts";
import { AuthenticatorApp } from "#testing/factories/codes.ts";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { ORIGIN } from "#testing/harness/sign-ins.ts";
import { openWithProviders, TestBrowser } from "#testing/harness/single-sign-on.ts";
import { startWecom, WECOM_APP } from "#testing/harness/wecom-double.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";

/** A second factor of somebody who signs in by a provider alone. @module-tag slow */

const OLD = new Date(Date.now() - 11 * 60_000);
let server: TestServer;
let database: Database;
let wecom: Awaited<ReturnType<typeof startWecom>>;
let lin: string;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  wecom = await startWecom(ORIGIN);
  wecom.state.scans = "lin";
  wecom.members.set("lin", { name: "林薇" });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "administrator" });
  await database.db.account.deleteMany({ where: { userId: lin } });
  await database.db.account.create({
    data: { id: lin, userId: lin, providerId: "wecom", accountId: `${WECOM_APP.corpId} lin` },
  });
});
afterAll(async () => {
  wecom.stop();
  await database.close();
  await server.stop();
});

function open() {
  const opened = openWithProviders(database, { settings: wecom.settings, rule: "administrators" });
  const browser = new TestBrowser(opened.handler, "wecom");
  return {
    browser,
    post: (path: string, body: object = {}) => browser.post(`/two-factor/${path}`, body),
    factor: async () => {
      const actor = await opened.authenticate(new Headers({ cookie: browser.cookieOf() }));
      return actor?.kind === "person" ? actor.secondFactor : null;
    },
    config: opened.config,
  };
}
const forgetSteps = () => database.pool.query(`UPDATE two_factor SET "lastUsedStep" = NULL`);
const age = () => database.db.session.updateMany({ data: { createdAt: OLD } });
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

async function enrol(post: ReturnType<typeof open>["post"]) {
  const begun = await post("enable");
  expect(begun.status).toBe(200);
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] };
  const app = new AuthenticatorApp(totpURI);
  expect((await post("verify-totp", { code: app.code() })).status).toBe(200);
  return { app, backupCodes };
}

test("is enrolled after a sign-in of just now, and asked for at the next one", async () => {
  const { browser, post, factor, config } = open();
  expect(await waysInOf({ db: database.db, config }, lin)).toEqual({
    hasPassword: false,
    providers: [{ id: "wecom", name: null }],
  });
  await browser.signIn();
  expect(await factor()).toBe("needed");
  const { app } = await enrol(post);
  expect(await factor()).toBe("given");
  expect((await writtenActs(database.pool)).at(-1)).toMatchObject({
    actor: lin,
    action: "second-factor.enrol",
  });
  await browser.signIn();
  expect(await factor()).toBe("needed");
  await forgetSteps();
  expect((await post("verify-totp", { code: app.code() })).status).toBe(200);
  expect(await factor()).toBe("given");
});

test("is given and taken away without making the session younger", async () => {
  const { browser, post, factor } = open();
  await browser.signIn();
  const began = new Date(Date.now() - 9 * 60_000);
  await database.db.session.updateMany({ data: { createdAt: began } });
  await enrol(post);
  expect(await database.db.session.findMany({ select: { createdAt: true } })).toEqual([{ createdAt: began }]);
  expect((await post("disable")).status).toBe(200);
  expect(await factor()).toBe("needed");
  expect(await database.db.session.findMany({ select: { createdAt: true } })).toEqual([{ createdAt: began }]);
});

describe("a session that began long ago", () => {
  test("begins none: a sign-in of just now is asked for, and then is enough", async () => {
    const { browser, post } = open();
    await browser.signIn();
    await age();
    const refused = await post("enable");
    expect([refused.status, await codeOf(refused)]).toEqual([403, "fresh_sign_in"]);
    expect(await database.db.twoFactor.count()).toBe(0);
    await browser.signIn();
    expect((await post("enable")).status).toBe(200);
  });

  test.each(["generate-backup-codes", "disable"])("may not %s", async (path) => {
    const { browser, post, factor } = open();
    await browser.signIn();
    await enrol(post);
    await age();
    const refused = await post(path);
    expect([refused.status, await codeOf(refused)]).toEqual([403, "fresh_sign_in"]);
    expect(await factor()).toBe("given");
  });
});

test("is kept and removed in a session of just now in which it was given", async () => {
  const { browser, post, factor } = open();
  await browser.signIn();
  const { app } = await enrol(post);
  await browser.signIn();
  expect((await post("disable")).status).toBe(403);
  await forgetSteps();
  await post("verify-totp", { code: app.code() });
  const renewed = await post("generate-backup-codes");
  expect(((await renewed.json()) as { backupCodes: string[] }).backupCodes).toHaveLength(10);
  expect((await post("disable")).status).toBe(200);
  expect(await factor()).toBe("needed");
  expect(await database.db.twoFactor.count()).toBe(0);
});

test("whoever has a password says it, however fresh the session is", async () => {
  await database.db.user.deleteMany();
  lin = await makeTestPerson(database.db, { email: "lin@example.test", role: "administrator" });
  await database.db.account.create({
    data: { id: lin, userId: lin, providerId: "wecom", accountId: `${WECOM_APP.corpId} lin` },
  });
  const { browser, post } = open();
  await browser.signIn();
  for (const body of [{}, { password: "not hers at all" }]) {
    expect((await post("enable", body)).status).toBe(400);
  }
  expect(await database.db.twoFactor.count()).toBe(0);
  expect((await post("enable", { password: TEST_PASSWORD })).status).toBe(200);
});
