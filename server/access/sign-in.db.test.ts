import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../lib/log.ts";
import { type Database, openDatabase } from "../store/database.ts";
import { startTestServer, type TestServer } from "../test/writer-harness.ts";
import { ApiKeys } from "./api-keys.ts";
import { type Auth, createAuth } from "./auth.ts";
import { createAuthHandler } from "./auth-handler.ts";
import { createAuthenticate } from "./authenticate.ts";
import { livingSessions } from "./living-sessions.ts";
import { createPerson } from "./people.ts";

const ORIGIN = "http://tidewatch.test";
const SECRET = "secret of the tests of sign-in";
const LOG = createLog("silent");
const PASSWORD = "a long test password";

describe("sessions of people", () => {
  let server: TestServer;
  let database: Database;
  let auth: Auth;

  beforeAll(async () => {
    server = await startTestServer();
    const databaseUrl = await server.freshDatabase();
    database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
    auth = createAuth({ db: database.db, secret: SECRET, publicUrl: undefined, log: LOG });
    await createPerson(database.db, {
      email: "Lin@Example.test",
      username: "Lin",
      name: "Lin Wei",
      role: "manager",
      password: PASSWORD,
    });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  function call(
    path: string,
    body: object,
    headers: Record<string, string> = {},
    by: { handler: (request: Request) => Promise<Response> } = auth,
  ) {
    const request = new Request(`${ORIGIN}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "tidewatch.test", origin: ORIGIN, ...headers },
      body: JSON.stringify(body),
    });
    return by.handler(request);
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
    expect(cookieOf(await call("/sign-in/email", body, origin, secure))).toMatch(/Secure/i);
  });

  test("with PUBLIC_URL set, it alone is the origin, whatever host a request names", async () => {
    const publicUrl = "https://tidewatch.test";
    const bound = createAuth({ db: database.db, secret: SECRET, publicUrl, log: LOG });
    const body = { email: "lin@example.test", password: PASSWORD };
    const told = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    for (const origin of ["https://evil.example", "http://tidewatch.test", "http://evil.example", "null"]) {
      expect((await call("/sign-in/email", body, { ...told, origin }, bound)).status).toBe(403);
    }
    expect((await call("/sign-in/email", body, { ...told, origin: publicUrl }, bound)).status).toBe(200);
  });

  test("a wrong password and an unknown person get one answer, and no cookie", async () => {
    const wrong = await signIn("not the password");
    const unknown = await signIn(PASSWORD, "nobody@example.test");
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
    expect([cookieOf(wrong), cookieOf(unknown)]).toEqual(["", ""]);
  });

  test("passwords are stored as scrypt hashes", async () => {
    const { rows } = await database.pool.query("SELECT password FROM account");
    for (const { password } of rows) {
      expect(password).not.toContain(PASSWORD);
      expect(password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
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

  test("signing out ends the session, and what lives by it (targets.md, Security 3)", async () => {
    const cookie = cookiePair(await signIn());
    const actor = await whoIs(cookie);
    const key = actor?.kind === "person" ? `${actor.sessionId} ${actor.role}` : "";
    expect(await livingSessions(database.pool, [key])).toEqual(new Set([key]));
    expect((await call("/sign-out", {}, { cookie })).status).toBe(200);
    expect(await whoIs(cookie)).toBeNull();
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
  });

  test("a changed role counts at the next request, and the old one's sockets no longer live", async () => {
    const cookie = cookiePair(await signIn());
    const before = await whoIs(cookie);
    const key = before?.kind === "person" ? `${before.sessionId} ${before.role}` : "";
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: "operations" } });
    expect(await whoIs(cookie)).toMatchObject({ role: "operations" });
    expect(await livingSessions(database.pool, [key])).toEqual(new Set());
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: null } });
    expect(await whoIs(cookie)).toBeNull();
    await database.db.user.update({ where: { email: "lin@example.test" }, data: { role: "manager" } });
  });

  test("an expired session is nobody's", async () => {
    const cookie = cookiePair(await signIn());
    const actor = await whoIs(cookie);
    const id = actor?.kind === "person" ? actor.sessionId : "";
    await database.db.session.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await whoIs(cookie)).toBeNull();
  });

  test("a cookie that we did not sign is nobody's", async () => {
    const cookie = cookiePair(await signIn());
    expect(await whoIs(`${cookie}x`)).toBeNull();
    expect(await whoIs(cookie.replace(/=.*/, "=made.up"))).toBeNull();
  });

  test("too many tries at one account wait, wherever they come from and whether or not it exists (targets.md, Security 6)", async () => {
    let now = Date.now();
    const handler = createAuthHandler(auth, database.pool, LOG, () => now);
    const tryAs = async (email: string, password: string, from: number) => {
      const headers = { "x-forwarded-for": `198.51.100.${from}` };
      return call("/sign-in/email", { email, password }, headers, { handler });
    };
    for (const email of ["lin@example.test", "nobody@example.test"]) {
      for (let n = 0; n < 5; n++) expect((await tryAs(email, "guess", n)).status).toBe(401);
      const refused = await tryAs(email, PASSWORD, 9);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
      expect(await refused.json()).toMatchObject({ code: "too_busy" });
    }
    now += 1_000;
    expect((await tryAs("lin@example.test", PASSWORD, 9)).status).toBe(200);
    expect((await tryAs("lin@example.test", "guess", 9)).status).toBe(401);
  });

  test("a sign-in that is no JSON is refused, so that no try goes uncounted (targets.md, Security 6)", async () => {
    const handler = createAuthHandler(auth, database.pool, LOG);
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

  test("too many tries from one address are told to wait", async () => {
    const statuses: number[] = [];
    const from = { "x-forwarded-for": "203.0.113.7" };
    for (let n = 0; n < 40; n++) {
      const body = { email: "lin@example.test", password: "guess" };
      statuses.push((await call("/sign-in/email", body, from)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    const { rows } = await database.pool.query('SELECT count(*)::int AS kept FROM "rateLimit"');
    expect(rows[0].kept).toBeGreaterThan(0);
  });
});
