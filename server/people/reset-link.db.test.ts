import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cookiesIn, openAuthHarness } from "#testing/factories/auth-harness.ts";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { listPeople } from "./list-people.ts";
import { performVerb } from "./person-verbs.ts";
import { findReset, spendReset } from "./use-reset.ts";

const PASSWORD = "four words nobody guesses";
const BY = { by: "cli:tester", reason: "forgotten", given: {} };
const LIN = { email: "lin@example.test" };
const SPENT = { code: "link_spent", status: 403 };

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  await database.pool.query("TRUNCATE sign_in_limit");
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const signIn = (password: string) => openAuthHarness(database).call("/sign-in/email", { ...LIN, password });

async function reset(who = "lin@example.test"): Promise<string> {
  const { link } = await performVerb(database.db, "reset", who, BY);
  if (!link) throw new Error("a reset without a link");
  return link.token;
}

const spend = (token: string, password = PASSWORD, now?: number) =>
  spendReset(database.db, { token, password }, now);

describe("a link to another password", () => {
  beforeEach(() => makeTestPerson(database.db, { ...LIN, name: "Lin Wei", role: "manager" }));

  test("ends the sessions and the password of before; the new one lets in", async () => {
    const { authenticate } = openAuthHarness(database);
    const cookie = cookiesIn(await signIn(TEST_PASSWORD));
    const token = await reset();
    expect(await authenticate(new Headers({ cookie }))).toBeNull();
    expect((await signIn(TEST_PASSWORD)).status).toBe(401);
    expect(await findReset(database.db, token)).toMatchObject({ state: "open", ...LIN });
    expect(await listPeople(database.db, new Date())).toMatchObject([{ link: { isExpired: false } }]);
    expect(await spend(token)).toEqual(LIN);
    expect((await signIn(TEST_PASSWORD)).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(200);
    expect(await listPeople(database.db, new Date())).toMatchObject([{ link: null, sessions: 1 }]);
    const acts = (await writtenActs(database.pool)).filter(({ action }) => action.startsWith("person."));
    expect(acts.map(({ action }) => action)).toEqual(["person.reset", "person.reset-password"]);
    expect(JSON.stringify(acts)).not.toContain(PASSWORD);
  });

  test("of ten who use it at once, one chooses", async () => {
    const token = await reset();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => spend(token, `${PASSWORD} ${n}`)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await findReset(database.db, token)).toMatchObject({ state: "used" });
    await expect(spend(token)).rejects.toMatchObject(SPENT);
  });

  test("is replaced by a newer one, and works for 24 hours", async () => {
    const before = await reset();
    const token = await reset();
    expect(await findReset(database.db, before)).toBeNull();
    await expect(spend(before)).rejects.toMatchObject(SPENT);
    const late = Date.now() + 24 * 3_600_000;
    await expect(spend(token, PASSWORD, late)).rejects.toMatchObject(SPENT);
    expect(await findReset(database.db, token, late)).toMatchObject({ state: "expired" });
    await spend(token);
  });

  test("a password that is no good leaves it good", async () => {
    const token = await reset();
    await expect(spend(token, "lin@example.test")).rejects.toMatchObject({ fields: { reason: "common" } });
    await spend(token);
  });

  test("is worth nothing once its person is disabled, and a disabled person gets none", async () => {
    const token = await reset();
    await performVerb(database.db, "disable", "lin@example.test", BY);
    await expect(spend(token)).rejects.toMatchObject(SPENT);
    await expect(reset()).rejects.toMatchObject({ code: "is_disabled" });
  });

  test("stands in the database as a hash only", async () => {
    const token = await reset();
    expect(JSON.stringify(await database.db.passwordReset.findMany())).not.toContain(token);
  });

  test("lets nobody in whose old password was being checked when it was given", async () => {
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "user" FOR UPDATE`);
    const signing = signIn(TEST_PASSWORD);
    await expect
      .poll(async () => {
        // By another connection: within a transaction what pg_stat_activity tells stays as it was first asked.
        const { rows } = await database.pool.query(
          "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows[0].waiting;
      })
      .toBe(1);
    await client.query(`UPDATE account SET password = NULL, "updatedAt" = now()`);
    await client.query("COMMIT");
    client.release();
    expect((await signing).status).toBe(401);
    expect(await database.db.session.count()).toBe(0);
  });
});

test("the last administrator who can sign in gets none, and one who waits with a link stands in for nobody", async () => {
  await makeTestPerson(database.db, { email: "ada@example.test", name: "Ada", role: "administrator" });
  const last = { code: "last_administrator" };
  await expect(reset("ada@example.test")).rejects.toMatchObject(last);
  await makeTestPerson(database.db, { email: "bea@example.test", name: "Bea", role: "administrator" });
  const token = await reset("bea@example.test");
  for (const verb of ["disable", "reset"] as const) {
    await expect(performVerb(database.db, verb, "ada@example.test", BY)).rejects.toMatchObject(last);
  }
  await spend(token);
  await performVerb(database.db, "disable", "ada@example.test", BY);
});
