import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTestPerson, TEST_PASSWORD as PASSWORD } from "#testing/factories/people.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { createLog } from "../lib/log.ts";
import { ApiKeys } from "./api-keys.ts";
import { type Auth, createAuth } from "./auth.ts";
import { type AuthHandler, createAuthHandler } from "./auth-handler.ts";
import { createAuthenticate } from "./authenticate.ts";
import { can } from "./can.ts";
import { DeviceCookies } from "./device-cookie.ts";
import { livingKey, livingSessions } from "./living-sessions.ts";

const ORIGIN = "http://tidewatch.test";
const SECRET = "secret of the tests of sign-in";
const LOG = createLog("silent");
const HOUR_MS = 3_600_000;

describe("sessions of people", () => {
  let server: TestServer;
  let database: Database;
  let auth: Auth;
  let handler: AuthHandler;

  beforeAll(async () => {
    server = await startTestServer();
    const databaseUrl = await server.freshDatabase();
    database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
    auth = createAuth({ db: database.db, secret: SECRET, publicUrl: undefined, log: LOG });
    handler = handlerOf(auth);
    await makeTestPerson(database.db, { email: "Lin@Example.test", username: "Lin" });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  beforeEach(() => database.pool.query("DELETE FROM sign_in_limit"));

  function handlerOf(by: Auth, publicUrl?: string): AuthHandler {
    const { db, pool } = database;
    const authenticate = createAuthenticate(by, new ApiKeys(db, Date.now));
    const devices = new DeviceCookies(SECRET, publicUrl !== undefined);
    return createAuthHandler({
      auth: by,
      authenticate,
      db,
      pool,
      devices,
      secret: SECRET,
      rule: "none",
      publicUrl,
      log: LOG,
    });
  }

  function call(path: string, body: object, headers: Record<string, string> = {}, by = handler) {
    const request = new Request(`${ORIGIN}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "tidewatch.test", origin: ORIGIN, ...headers },
      body: JSON.stringify(body),
    });
    return by(request);
  }
  const signIn = (password = PASSWORD, email = "lin@example.test") =>
    call("/sign-in/email", { email, password });
  const cookieOf = (response: Response) => response.headers.get("set-cookie") ?? "";
  const cookiePair = (response: Response) => cookieOf(response).split(";")[0] ?? "";
  const whoIs = (cookie: string) =>
    createAuthenticate(auth, new ApiKeys(database.db, Date.now))(new Headers({ cookie }));

  test("by e-mail address or by user name; the actor is the person with their role", async () => {
    const byEmail = await signIn();
    const byName = await call("/sign-in/username", { username: "lin", password: PASSWORD });
    for (const response of [byEmail, byName]) {
      expect(response.status).toBe(200);
      expect(await whoIs(cookiePair(response))).toMatchObject({
        kind: "person",
        name: "Lin Wei",
        role: "manager",
      });
    }
  });

  test("the cookie is out of reach of scripts and of other sites; each sign-in has a new one", async () => {
    const [first, second] = [await signIn(), await signIn()];
    expect(cookieOf(first)).toMatch(/HttpOnly/i);
    expect(cookieOf(first)).toMatch(/SameSite=Lax/i);
    expect(cookieOf(first)).not.toMatch(/Secure/i);
    expect(cookiePair(first)).not.toBe(cookiePair(second));
  });

  test("under https the cookie is Secure", async () => {
    const publicUrl = "https://tidewatch.test";
    const secure = createAuth({ db: database.db, secret: SECRET, publicUrl, log: LOG });
    const origin = { origin: "https://tidewatch.test" };
    const body = { email: "lin@example.test", password: PASSWORD };
    const response = await call("/sign-in/email", body, origin, handlerOf(secure, publicUrl));
    expect(response.headers.getSetCookie()).toHaveLength(2);
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; Secure/i);
  });

  test("with PUBLIC_URL set, it alone is the origin, whatever host a request names", async () => {
    const publicUrl = "https://tidewatch.test";
    const bound = createAuth({ db: database.db, secret: SECRET, publicUrl, log: LOG });
    const handler = handlerOf(bound, publicUrl);
    const body = { email: "lin@example.test", password: PASSWORD };
    const told = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    for (const origin of ["https://evil.example", "http://tidewatch.test", "http://evil.example", "null"]) {
      expect((await call("/sign-in/email", body, { ...told, origin }, handler)).status).toBe(403);
    }
    expect((await call("/sign-in/email", body, { ...told, origin: publicUrl }, handler)).status).toBe(200);
  });

  test("a wrong password and an unknown person get one answer, and no cookie", async () => {
    const wrong = await signIn("not the password");
    const unknown = await signIn(PASSWORD, "nobody@example.test");
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
    expect([cookieOf(wrong), cookieOf(unknown)]).toEqual(["", ""]);
  });

  test("passwords are stored as scrypt hashes at OWASP's cost", async () => {
    const { rows } = await database.pool.query("SELECT password FROM account");
    for (const { password } of rows) {
      expect(password).not.toContain(PASSWORD);
      expect(password).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[^$]+\$[^$]+$/);
    }
  });

  test("nobody signs up, and nobody gives themselves a role", async () => {
    const body = { email: "me@example.test", password: PASSWORD, name: "Me" };
    expect((await call("/sign-up/email", body)).status).toBeGreaterThanOrEqual(400);
    expect(await database.db.user.count({ where: { email: "me@example.test" } })).toBe(0);
    const cookie = cookiePair(await signIn());
    await call("/update-user", { role: "administrator" }, { cookie });
    expect(await whoIs(cookie)).toMatchObject({ role: "manager" });
  });

  test("a request of another site is refused", async () => {
    const cookie = cookiePair(await signIn());
    const foreign = await call("/sign-out", {}, { cookie, origin: "https://elsewhere.example" });
    expect(foreign.status).toBe(403);
    expect(await whoIs(cookie)).not.toBeNull();
  });

  test("signing out ends the session, and what lives by it", async () => {
    const cookie = cookiePair(await signIn());
    const actor = await whoIs(cookie);
    const key = actor?.kind === "person" ? livingKey(actor.sessionId, actor.role) : "";
    expect(await livingSessions(database.pool, [key])).toEqual(new Set([key]));
    expect((await call("/sign-out", {}, { cookie })).status).toBe(200);
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
  });

  test("a changed role counts at the next request, and the old one's sockets no longer live", async () => {
    const cookie = cookiePair(await signIn());
    const before = await whoIs(cookie);
    const key = before?.kind === "person" ? livingKey(before.sessionId, before.role) : "";
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: "operations" } });
    expect(await whoIs(cookie)).toMatchObject({ role: "operations" });
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: null } });
    expect(await whoIs(cookie)).toBeNull();
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: "manager" } });
  });

  test("where PERSONAL_EXPORT says so, an administrator may export names and telephones, and nobody else", async () => {
    const cookie = cookiePair(await signIn());
    const keys = new ApiKeys(database.db, Date.now);
    const may = async (role: string, personalExport: "nobody" | "administrators") => {
      await database.db.user.update({ where: { email: "lin@example.test" }, data: { role } });
      const actor = await createAuthenticate(auth, keys, { personalExport })(new Headers({ cookie }));
      return actor !== null && can(actor, "personal.export");
    };
    expect(await may("administrator", "nobody")).toBe(false);
    expect(await may("administrator", "administrators")).toBe(true);
    expect(await may("auditor", "administrators")).toBe(false);
    expect(await may("manager", "administrators")).toBe(false);
  });

  test("a session of the demo's people, made beside us by a process that runs the demo, is nobody's here", async () => {
    const { db, pool } = database;
    const email = "manager@tidewatch.demo";
    await makeTestPerson(db, { email, name: "Lin of the demo", isDemo: true });
    const inDemo = createAuth({ db, secret: SECRET, publicUrl: undefined, log: LOG, isDemo: true });
    const body = { email, password: PASSWORD };
    const cookie = cookiePair(await call("/sign-in/email", body, {}, handlerOf(inDemo)));
    const keys = new ApiKeys(db, Date.now);
    const there = await createAuthenticate(inDemo, keys, { isDemo: true })(new Headers({ cookie }));
    const key = there?.kind === "person" ? livingKey(there.sessionId, there.role) : "";
    expect(await livingSessions(pool, [key], true)).toEqual(new Set([key]));
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(pool, [key])).toEqual(new Set());
    expect((await call("/sign-in/email", body)).status).toBe(401);
    expect(
      (
        await call(
          "/change-password",
          { currentPassword: PASSWORD, newPassword: "quite another password" },
          { cookie },
        )
      ).status,
    ).toBe(401);
  });

  test("an expired session is nobody's", async () => {
    const cookie = cookiePair(await signIn());
    const actor = await whoIs(cookie);
    const id = actor?.kind === "person" ? actor.sessionId : "";
    await database.db.session.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await whoIs(cookie)).toBeNull();
  });

  test("a session ends twelve hours after its sign-in, whatever happened in it", async () => {
    const cookie = cookiePair(await signIn());
    const actor = await whoIs(cookie);
    const id = actor?.kind === "person" ? actor.sessionId : "";
    const key = livingKey(id, "manager");
    const session = () => database.db.session.findUniqueOrThrow({ where: { id } });
    const { createdAt, expiresAt } = await session();
    expect(expiresAt.getTime() - createdAt.getTime()).toBeLessThanOrEqual(12 * HOUR_MS + 1_000);
    const move = (to: Date, end: Date) =>
      database.db.session.update({ where: { id }, data: { createdAt: to, updatedAt: to, expiresAt: end } });
    const inTenMinutes = new Date(Date.now() + HOUR_MS / 6);
    await move(new Date(Date.now() - 11.8 * HOUR_MS), inTenMinutes);
    expect(await whoIs(cookie)).not.toBeNull();
    expect((await session()).expiresAt).toEqual(inTenMinutes); // asking has not moved it
    // As earlier versions moved it on.
    await move(new Date(Date.now() - 12 * HOUR_MS - 1_000), new Date(Date.now() + 5 * HOUR_MS));
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
  });

  test("nobody asks for a longer session than there is", async () => {
    const body = { email: "lin@example.test", password: PASSWORD, rememberMe: false };
    const actor = await whoIs(cookiePair(await call("/sign-in/email", body)));
    const id = actor?.kind === "person" ? actor.sessionId : "";
    const { expiresAt } = await database.db.session.findUniqueOrThrow({ where: { id } });
    expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 12 * HOUR_MS);
  });

  test("a cookie that we did not sign is nobody's", async () => {
    const cookie = cookiePair(await signIn());
    expect(await whoIs(`${cookie}x`)).toBeNull();
    expect(await whoIs(cookie.replace(/=.*/, "=made.up"))).toBeNull();
  });

  test("a sign-in that is no JSON is refused, so that no try goes uncounted", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/jsonp", ""]) {
      const response = await handler(
        new Request(`${ORIGIN}/api/auth/sign-in/email`, {
          method: "POST",
          headers: { "content-type": type, host: "tidewatch.test", origin: ORIGIN },
          body: new URLSearchParams({ email: "lin@example.test", password: PASSWORD }).toString(),
        }),
      );
      expect([type, response.status]).toEqual([type, 415]);
    }
  });
});
