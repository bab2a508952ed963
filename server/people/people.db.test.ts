import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { DEMO_PEOPLE, ensureDemoPeople } from "../demo/demo-people.ts";
import {
  ensureInitialAdministrator,
  isFirstAdministratorToken,
  issueFirstAdministratorToken,
  makeFirstAdministrator,
} from "./first-administrator.ts";
import { createPerson } from "./people.ts";

const PASSWORD = "a long test password";
const ADA = { email: "ada@example.test", name: "Ada", password: PASSWORD };

describe("people", () => {
  let server: TestServer;
  let database: Database;
  beforeAll(async () => {
    server = await startTestServer();
    const databaseUrl = await server.freshDatabase();
    database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  });
  beforeEach(async () => {
    await database.db.user.deleteMany();
    await database.db.setting.deleteMany();
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  const db = () => database.db;
  const roles = async () => (await db().user.findMany({ orderBy: { email: "asc" } })).map(({ role }) => role);

  test("an address or a user name belongs to one person, however it is written", async () => {
    await createPerson(db(), { ...ADA, username: "Ada", role: "operations" });
    const again = { ...ADA, role: "manager" } as const;
    await expect(createPerson(db(), { ...again, email: " ADA@example.test" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(
      createPerson(db(), { ...again, email: "other@example.test", username: "ADA" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await roles()).toEqual(["operations"]);
  });

  test("a short password is refused before anything is written", async () => {
    const person = { ...ADA, role: "manager", password: "too short" } as const;
    await expect(createPerson(db(), person)).rejects.toMatchObject({ fields: { field: "password" } });
    expect(await roles()).toEqual([]);
  });

  test("no password on the lists, none with one's own names", async () => {
    for (const password of ["password1234", "ada@example.test", "tidewatch-demo"]) {
      const made = createPerson(db(), { ...ADA, role: "manager", password });
      await expect(made).rejects.toMatchObject({ fields: { field: "password", reason: "common" } });
    }
    expect(await roles()).toEqual([]);
  });

  test("nobody takes another's name, in another case, another width or with more blanks", async () => {
    await createPerson(db(), { ...ADA, name: "Ada Moreau", role: "operations" });
    for (const name of ["ada moreau", "ＡＤＡ　Moreau", " Ada   Moreau ", "Ada\u200b Moreau", "\u202eAda"]) {
      const made = createPerson(db(), { ...ADA, email: "two@example.test", name, role: "manager" });
      await expect(made).rejects.toMatchObject({ fields: { field: "name" } });
    }
    await createPerson(db(), { ...ADA, email: "two@example.test", name: "Ada Moreau (2)", role: "manager" });
    expect(await roles()).toEqual(["operations", "manager"]);
  });

  test("the environment's administrator is called by the address when somebody is called like its first part", async () => {
    await createPerson(db(), { ...ADA, email: "one@example.test", role: "operations" });
    await ensureInitialAdministrator(db(), ADA.email, PASSWORD);
    const made = await db().user.findUnique({ where: { email: ADA.email } });
    expect(made?.name).toBe(ADA.email);
  });

  test("a bad password of the environment's administrator is told by the variable's name", async () => {
    const made = ensureInitialAdministrator(db(), ADA.email, "password1234");
    await expect(made).rejects.toThrow(/INIT_ADMIN_PASSWORD/);
  });

  test("the demo's people are made once; a second start leaves them alone", async () => {
    await ensureDemoPeople(db());
    const before = await db().user.findMany({ orderBy: { id: "asc" } });
    await ensureDemoPeople(db());
    expect(await db().user.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    expect(before).toHaveLength(DEMO_PEOPLE.length);
  });

  test("the environment's administrator is made once, and then there is no link", async () => {
    await ensureInitialAdministrator(db(), ADA.email, PASSWORD);
    await ensureInitialAdministrator(db(), ADA.email, "another long password");
    expect(await roles()).toEqual(["administrator"]);
    expect(await issueFirstAdministratorToken(db())).toBeNull();
  });

  test("of starts at the same time none fails, and each person is made once", async () => {
    const starts = Array.from({ length: 3 }, () => [
      ensureDemoPeople(db()),
      ensureInitialAdministrator(db(), ADA.email, PASSWORD),
    ]);
    await Promise.all(starts.flat());
    expect(await db().user.count()).toBe(DEMO_PEOPLE.length + 1);
  });

  test("the environment's administrator has no address of the demo's", async () => {
    await ensureDemoPeople(db());
    const made = ensureInitialAdministrator(db(), "admin@tidewatch.demo", PASSWORD);
    await expect(made).rejects.toMatchObject({ fields: { field: "email" } });
  });

  test("the demo's administrator is none when the first one is looked for, nor is a disabled one", async () => {
    await ensureDemoPeople(db());
    await ensureInitialAdministrator(db(), ADA.email, PASSWORD);
    expect(await issueFirstAdministratorToken(db())).toBeNull();
    await db().user.update({ where: { email: ADA.email }, data: { disabledAt: new Date() } });
    expect(await issueFirstAdministratorToken(db())).not.toBeNull();
  });

  describe("the first administrator's link", () => {
    async function issue(): Promise<string> {
      const token = await issueFirstAdministratorToken(db());
      if (token === null) throw new Error("no link although there is no administrator");
      return token;
    }

    test("works once", async () => {
      const token = await issue();
      expect(await isFirstAdministratorToken(db(), token)).toBe(true);
      await makeFirstAdministrator(db(), token, ADA);
      expect(await isFirstAdministratorToken(db(), token)).toBe(false);
      const again = makeFirstAdministrator(db(), token, { ...ADA, email: "two@example.test" });
      await expect(again).rejects.toMatchObject({ status: 403 });
      expect(await roles()).toEqual(["administrator"]);
    });

    test("of ten who open it at once, one is made", async () => {
      const token = await issue();
      const tries = Array.from({ length: 10 }, (_, n) =>
        makeFirstAdministrator(db(), token, { ...ADA, email: `ada${n}@example.test` }),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await roles()).toEqual(["administrator"]);
    });

    test("a new start's link replaces the old one", async () => {
      const old = await issue();
      const token = await issue();
      await expect(makeFirstAdministrator(db(), old, ADA)).rejects.toMatchObject({ status: 403 });
      await makeFirstAdministrator(db(), token, ADA);
    });

    test("a person who cannot be made leaves the link good", async () => {
      const token = await issue();
      const short = makeFirstAdministrator(db(), token, { ...ADA, password: "short" });
      await expect(short).rejects.toMatchObject({ code: "invalid_input" });
      await makeFirstAdministrator(db(), token, ADA);
      expect(await roles()).toEqual(["administrator"]);
    });

    test("is worth nothing once there is an administrator by other means", async () => {
      const token = await issue();
      await ensureInitialAdministrator(db(), "init@example.test", PASSWORD);
      expect(await isFirstAdministratorToken(db(), token)).toBe(false);
      await expect(makeFirstAdministrator(db(), token, ADA)).rejects.toMatchObject({ status: 403 });
      expect(await roles()).toEqual(["administrator"]);
    });

    test("is stored as a hash only", async () => {
      const token = await issue();
      expect(JSON.stringify(await db().setting.findMany())).not.toContain(token);
    });
  });
});
