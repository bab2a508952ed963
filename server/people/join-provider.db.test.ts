import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { parseConfig } from "../config/config.ts";
import type { PersonVerbName } from "../contracts/person-verbs.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { listPeople } from "./list-people.ts";
import { performVerb } from "./person-verbs.ts";

const WECOM = { WECOM_CORP_ID: "ww1", WECOM_AGENT_ID: "1", WECOM_SECRET: "secret" };
const config = parseConfig({ PUBLIC_URL: "https://tidewatch.test", ...WECOM });
const ACT = { by: "ada", reason: "she showed her id", config };

let server: TestServer;
let database: Database;
let databaseUrl: string;
let lin: string;

beforeAll(async () => {
  server = await startTestServer();
  databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  lin = await makeTestPerson(database.db, { email: "lin@example.test", name: "Lin", role: "manager" });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const perform = (verb: PersonVerbName, given: object, who = lin) =>
  performVerb(database.db, verb, { id: who }, { ...ACT, given: given as never });
const join = (subject = "LiLei", who = lin) => perform("join", { provider: "wecom", subject }, who);
const unjoin = (who = lin) => perform("unjoin", { provider: "wecom" }, who);
const session = (userId: string) =>
  database.db.session.create({
    data: { id: userId, token: userId, userId, expiresAt: new Date(Date.now() + 60_000) },
  });

describe("joining by hand", () => {
  test("names the account as the provider does, and leaves no id in the audit log", async () => {
    await session(lin);
    expect(await join(" LiLei ")).toMatchObject({ name: "Lin", sessions: 0 });
    const accounts = await database.db.account.findMany({ where: { providerId: "wecom" } });
    expect(accounts).toMatchObject([{ userId: lin, accountId: "ww1 lilei", password: null }]);
    expect(await writtenActs(database.pool)).toMatchObject([
      { actor: "ada", action: "person.join", subject: `person ${lin}`, details: { provider: "wecom" } },
    ]);
    expect(JSON.stringify(await writtenActs(database.pool))).not.toMatch(/lilei/i);
    expect(await listPeople(database.db, new Date())).toMatchObject([
      { providers: ["wecom"], hasPassword: true },
    ]);
  });

  test("not twice: neither the id to somebody else, nor the person to another id", async () => {
    const mo = await makeTestPerson(database.db, { email: "mo@example.test", name: "Mo", role: "manager" });
    await join();
    await expect(join("lilei", mo)).rejects.toMatchObject({ code: "subject_taken" });
    await expect(join("other")).rejects.toMatchObject({ code: "joined_already" });
  });

  test("not to a provider that is not configured", async () => {
    const given = { provider: "dingtalk", subject: "x" };
    await expect(perform("join", given)).rejects.toMatchObject({ code: "no_provider" });
  });
});

describe("unjoining", () => {
  test("ends every session, and the id is free for somebody else", async () => {
    const mo = await makeTestPerson(database.db, { email: "mo@example.test", name: "Mo", role: "manager" });
    await join();
    await session(lin);
    expect(await unjoin()).toMatchObject({ sessions: 1 });
    expect((await writtenActs(database.pool)).at(-1)).toMatchObject({
      action: "person.unjoin",
      details: { provider: "wecom", sessions: 1, reason: ACT.reason },
    });
    await join("lilei", mo);
    await expect(unjoin()).rejects.toMatchObject({ code: "not_joined" });
  });

  test("not the last way in of the last administrator", async () => {
    await database.db.user.update({ where: { id: lin }, data: { role: "administrator" } });
    await join();
    await database.db.account.deleteMany({ where: { providerId: "credential" } });
    await expect(unjoin()).rejects.toMatchObject({ code: "last_administrator" });
    await makeTestPerson(database.db, { email: "mo@example.test", name: "Mo", role: "administrator" });
    expect(await unjoin()).toMatchObject({ name: "Lin" });
  });
});
