import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { ApiKeys } from "../access/api-keys.ts";
import { type Auth, createAuth } from "../access/auth.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import type { Role } from "../access/can.ts";
import { livingKey, livingSessions } from "../access/living-sessions.ts";
import { hashPassword } from "../access/password-hash.ts";
import type { SecondFactorRule } from "../access/second-factor/rule.ts";
import type { PersonVerbName } from "../contracts/person-verbs.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { createLog } from "../lib/log.ts";
import { listPeople } from "./list-people.ts";
import { createPerson } from "./people.ts";
import { performVerb } from "./person-verbs.ts";
import { resetPassword } from "./reset-password.ts";

const ORIGIN = "http://tidewatch.test";
const OTHER = "quite another password";
const ACT = { by: "cli:tester", reason: "left the company" };

let server: TestServer;
let database: Database;
let auth: Auth;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  auth = createAuth({
    db: database.db,
    secret: "secret of the tests of person acts",
    publicUrl: undefined,
    log: createLog("silent"),
  });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const perform = (verb: PersonVerbName, who: string, given: object = {}, reason = ACT.reason) =>
  performVerb(database.db, verb, who, { by: ACT.by, reason, given: given as never });

const make = (name: string, role: Role): Promise<string> =>
  makeTestPerson(database.db, { email: `${name}@example.test`, username: name, name, role });

function signIn(
  given: { email: string } | { username: string },
  password = TEST_PASSWORD,
): Promise<Response> {
  const way = "email" in given ? "email" : "username";
  return auth.handler(
    new Request(`${ORIGIN}/api/auth/sign-in/${way}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "tidewatch.test", origin: ORIGIN },
      body: JSON.stringify({ ...given, password }),
    }),
  );
}
const LIN = { email: "lin@example.test" };
const cookieOf = (response: Response) => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const whoIs = (cookie: string) =>
  createAuthenticate(auth, new ApiKeys(database.db, Date.now))(new Headers({ cookie }));
const audit = async () =>
  (await writtenActs(database.pool)).map(({ actor, action, subject, details }) => ({
    actor,
    action,
    subject,
    details,
  }));

describe("a disabled person", () => {
  test("is nobody at the next request, has no session, and the act stands in the audit log", async () => {
    const id = await make("lin", "manager");
    const cookie = cookieOf(await signIn(LIN));
    const before = await whoIs(cookie);
    const key = before?.kind === "person" ? livingKey(before.sessionId, before.role) : "";
    expect(await livingSessions(database.pool, [key])).toEqual(new Set([key]));

    expect(await perform("disable", "LIN")).toEqual({
      name: "lin",
      email: "lin@example.test",
      sessions: 1,
      link: null,
    });
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
    expect(await audit()).toEqual([
      {
        actor: "cli:tester",
        action: "person.disable",
        subject: `person ${id}`,
        details: { reason: "left the company", sessions: 1, role: "manager" },
      },
    ]);
  });

  test("is refused with the answer to a wrong password, by either name, and gets no cookie and no session", async () => {
    await make("lin", "manager");
    await perform("disable", "lin");
    for (const who of [LIN, { username: "lin" }]) {
      const [refused, wrong] = [await signIn(who), await signIn(who, "not the password")];
      expect([refused.status, cookieOf(refused)]).toEqual([wrong.status, cookieOf(wrong)]);
      expect(refused.status).toBe(401);
      expect(await refused.json()).toEqual(await wrong.json());
      const names = (response: Response) => [...response.headers.keys()].sort();
      expect(names(refused)).toEqual(names(wrong));
    }
    expect(await database.db.session.count()).toBe(0);
  });

  test("whose session was written behind the act is nobody all the same", async () => {
    const userId = await make("lin", "manager");
    const cookie = cookieOf(await signIn(LIN));
    const [row] = await database.db.session.findMany();
    await perform("disable", "lin");
    if (row) await database.db.session.create({ data: { ...row, userId } });
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(database.pool, [livingKey(row?.id ?? "", "manager")])).toEqual(new Set());
    await perform("enable", "lin", {}, "came back");
    expect(await whoIs(cookie)).toBeNull();
    expect((await signIn(LIN)).status).toBe(200);
  });

  test("is disabled once", async () => {
    await make("lin", "manager");
    await perform("disable", "lin");
    await expect(perform("disable", "lin")).rejects.toMatchObject({ code: "disabled_already" });
    expect(await audit()).toHaveLength(1);
  });
});

describe("a password that is replaced", () => {
  test("ends every session and counts from then on", async () => {
    await make("lin", "manager");
    const cookies = [cookieOf(await signIn(LIN)), cookieOf(await signIn(LIN))];
    expect(await resetPassword(database.db, "lin", OTHER, ACT)).toMatchObject({ sessions: 2 });
    for (const cookie of cookies) expect(await whoIs(cookie)).toBeNull();
    expect((await signIn(LIN)).status).toBe(401);
    expect((await signIn(LIN, OTHER)).status).toBe(200);
    expect(JSON.stringify(await audit())).not.toContain(OTHER);
  });

  test("lets nobody in who had the old one checked while it was replaced", async () => {
    await make("lin", "manager");
    const replaced = await hashPassword(OTHER);
    const client = await database.pool.connect();
    // Holds back the sign-in's session, as the reset would, until the password is another one.
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "user" WHERE email = 'lin@example.test' FOR UPDATE`);
    const signing = signIn(LIN);
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query(
          "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows[0].waiting;
      })
      .toBe(1);
    await client.query(`UPDATE account SET password = $1, "updatedAt" = now()`, [replaced]);
    await client.query("DELETE FROM session");
    await client.query("COMMIT");
    client.release();
    expect((await signing).status).toBe(401);
    expect(await database.db.session.count()).toBe(0);
  });

  test("too short a one changes nothing", async () => {
    await make("lin", "manager");
    const cookie = cookieOf(await signIn(LIN));
    await expect(resetPassword(database.db, "lin", "short", ACT)).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await whoIs(cookie)).not.toBeNull();
    expect(await audit()).toEqual([]);
  });
});

describe("the last administrator", () => {
  const enabled = async () => (await listPeople(database.db, new Date())).filter((each) => !each.disabledAt);

  test("is neither disabled nor given another role", async () => {
    await make("ada", "administrator");
    await make("lin", "manager");
    const refused = { code: "last_administrator", status: 409 };
    await expect(perform("disable", "ada")).rejects.toMatchObject(refused);
    await expect(perform("role", "ada", { role: "manager" })).rejects.toMatchObject(refused);
    expect(await audit()).toEqual([]);
  });

  test("is not stood in for by one whose only way in is a provider that is not configured", async () => {
    await make("ada", "administrator");
    await make("bea", "administrator");
    const bea = await database.db.user.findUniqueOrThrow({ where: { email: "bea@example.test" } });
    const account = { providerId: "wecom", accountId: "corp bea", password: null };
    await database.db.account.updateMany({ where: { userId: bea.id }, data: account });
    await expect(perform("disable", "ada")).rejects.toMatchObject({ code: "last_administrator" });
  });

  test("of five who are disabled or demoted at once, one stays", async () => {
    const names = ["ada", "bea", "cleo", "dora", "eve"];
    for (const name of names) await make(name, "administrator");
    const outcomes = await Promise.allSettled(
      names.map((name, n) =>
        n % 2 === 0 ? perform("disable", name) : perform("role", name, { role: "operations" }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect((await enabled()).filter(({ role }) => role === "administrator")).toHaveLength(1);
  });

  test("is not stood in for by a disabled one, or by the demo's", async () => {
    await make("ada", "administrator");
    await make("bea", "administrator");
    await createPerson(database.db, {
      email: "admin@tidewatch.demo",
      name: "Demo",
      role: "administrator",
      password: TEST_PASSWORD,
      isDemo: true,
    });
    await perform("disable", "bea");
    await expect(perform("disable", "ada")).rejects.toMatchObject({
      code: "last_administrator",
    });
    await perform("enable", "bea");
    await perform("disable", "ada");
  });
});

test("a changed role counts at once; the session goes on with what the new one may", async () => {
  await make("lin", "manager");
  const cookie = cookieOf(await signIn(LIN));
  await perform("role", "lin", { role: "operations" });
  expect(await whoIs(cookie)).toMatchObject({ role: "operations" });
  expect(await audit()).toMatchObject([
    { action: "person.set-role", details: { from: "manager", to: "operations" } },
  ]);
});

describe("the data scope of a manager", () => {
  test("counts at once and is another key for sockets; what they had and have stands in the audit log", async () => {
    await make("lin", "manager");
    const cookie = cookieOf(await signIn(LIN));
    const before = await whoIs(cookie);
    const sessionId = before?.kind === "person" ? before.sessionId : "";
    await perform("scope", "lin", { segments: ["west", "east", "east"] });
    expect(await whoIs(cookie)).toMatchObject({ role: "manager", segments: ["east", "west"] });
    const [without, scoped] = [[], ["west", "east"]].map((of) => livingKey(sessionId, "manager", of));
    expect(await livingSessions(database.pool, [without ?? "", scoped ?? ""])).toEqual(new Set([scoped]));
    expect(await audit()).toMatchObject([
      { action: "person.set-scope", details: { reason: ACT.reason, from: [], to: ["east", "west"] } },
    ]);
    await expect(perform("scope", "lin", { segments: ["east", "west"] })).rejects.toMatchObject({
      code: "scope_unchanged",
    });
    await perform("scope", "lin", { segments: [] });
    expect(await whoIs(cookie)).toMatchObject({ segments: [] });
  });

  test("goes with the role that it was given for, and nobody else has one", async () => {
    await make("lin", "manager");
    await make("ada", "administrator");
    await expect(perform("scope", "ada", { segments: ["east"] })).rejects.toMatchObject({ code: "no_scope" });
    await perform("scope", "lin", { segments: ["east"] });
    await perform("role", "lin", { role: "operations" });
    await perform("role", "lin", { role: "manager" });
    expect(await listPeople(database.db, new Date())).toMatchObject([
      { name: "ada" },
      { name: "lin", segments: [] },
    ]);
  });
});

test("who has no second factor lacks one where one is asked of their role", async () => {
  await make("ada", "administrator");
  const lin = await make("lin", "manager");
  const factors = async (rule: SecondFactorRule) =>
    (await listPeople(database.db, new Date(), rule)).map((each) => [
      each.secondFactor,
      each.secondFactorSince,
    ]);
  expect(await factors("none")).toEqual([
    ["none", null],
    ["none", null],
  ]);
  const factor = { id: lin, userId: lin, secret: "", backupCodes: "" };
  await database.db.twoFactor.create({ data: { ...factor, enrolledAt: new Date("2026-11-20T02:00:00Z") } });
  expect(await factors("all"), "it was begun, and not confirmed").toEqual([
    ["missing", null],
    ["missing", null],
  ]);
  await database.db.user.update({ where: { id: lin }, data: { twoFactorEnabled: true } });
  expect(await factors("administrators")).toEqual([
    ["missing", null],
    ["authenticator", "2026-11-20T02:00:00.000Z"],
  ]);
});

test("who is signed out may sign in again", async () => {
  await make("lin", "manager");
  const cookie = cookieOf(await signIn(LIN));
  expect(await perform("sign-out", "lin@example.test")).toMatchObject({ sessions: 1 });
  expect(await whoIs(cookie)).toBeNull();
  expect((await signIn(LIN)).status).toBe(200);
});

test("nobody of that name is told so", async () => {
  await expect(perform("disable", "nobody")).rejects.toMatchObject({ code: "not_found" });
});

test("an address of the demo's domain is nobody's but the demo's", async () => {
  for (const email of ["me@tidewatch.demo", " Me@TIDEWATCH.demo "]) {
    const person = { email, name: "Me", role: "manager", password: TEST_PASSWORD } as const;
    await expect(createPerson(database.db, person)).rejects.toMatchObject({ fields: { field: "email" } });
  }
});
