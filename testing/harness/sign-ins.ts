import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { ApiKeys } from "#server/access/api-keys.ts";
import { type Auth, createAuth } from "#server/access/auth.ts";
import { type AuthHandler, createAuthHandler } from "#server/access/auth-handler.ts";
import { createAuthenticate } from "#server/access/authenticate.ts";
import { DeviceCookies } from "#server/access/device-cookie.ts";
import type { SecondFactorRule } from "#server/access/second-factor/rule.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { createLog } from "#server/lib/log.ts";
import { makeTestPerson, TEST_PASSWORD } from "../factories/people.ts";
import { emptyAudit, writtenActs } from "./audit-log.ts";
import { startTestServer, type TestServer } from "./writer-harness.ts";

export const ORIGIN = "http://tidewatch.test";
export const SECRET = "secret of the tests of the handler";
const LOG = createLog("silent");
export const LIN = { email: "lin@example.test" };

/** From where a request comes. */
export interface From {
  readonly cookie?: string;
  readonly address?: string;
  readonly method?: string;
}

/** Call once in a test file: the routes of signing in on a database of its own, in which each test finds one person, Lin. */
export function signInsForEachTest() {
  let server: TestServer;
  let database: Database;
  let auth: Auth;
  let handler: AuthHandler;
  let lin: string;
  let asked: number;
  let rule: SecondFactorRule = "none";
  const opened: AuthHandler[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    const databaseUrl = await server.freshDatabase();
    database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
    auth = createAuth({ db: database.db, secret: SECRET, publicUrl: undefined, log: LOG });
  });
  beforeEach(async () => {
    await database.db.user.deleteMany();
    await emptyAudit(database.pool);
    await database.pool.query("DELETE FROM sign_in_limit");
    lin = await makeTestPerson(database.db, { ...LIN, username: "lin" });
    asked = 0;
    rule = "none";
    answerWith((request) => auth.handler(request));
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close(); // its refusals belong to this test's rows
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const whoAsks = (headers: Headers) =>
    createAuthenticate(auth, new ApiKeys(database.db, Date.now), { rule })(headers);

  /** From now on this answers in better-auth's place. */
  function answerWith(ask: (request: Request) => Promise<Response>): void {
    const { db, pool } = database;
    handler = createAuthHandler({
      auth: {
        handler: (request) => {
          asked += 1;
          return ask(request);
        },
      },
      authenticate: whoAsks,
      db,
      pool,
      devices: new DeviceCookies(SECRET, false),
      secret: SECRET,
      rule,
      log: LOG,
    });
    opened.push(handler);
  }

  function call(
    path: string,
    body: unknown,
    { cookie, address = "203.0.113.1", method = "POST" }: From = {},
  ) {
    const headers = new Headers({
      "content-type": "application/json",
      host: "tidewatch.test",
      origin: ORIGIN,
      "x-forwarded-for": address,
      ...(cookie ? { cookie } : {}),
    });
    const sent = method === "GET" ? {} : { body: JSON.stringify(body) };
    return handler(new Request(`${ORIGIN}/api/auth${path}`, { method, headers, ...sent }));
  }

  return {
    get database() {
      return database;
    },
    get handler() {
      return handler;
    },
    get auth() {
      return auth;
    },
    /** Lin's id. */
    get lin() {
      return lin;
    },
    /** How often better-auth was asked. */
    get asked() {
      return asked;
    },
    answerWith,
    /** From now on, in this test, a second factor is asked of these. */
    ask: (of: SecondFactorRule) => {
      rule = of;
      answerWith((request) => auth.handler(request));
    },
    /** better-auth as it answers a wrong password, without the work of hashing: where what is counted is at stake. */
    refuseAll: () =>
      answerWith(async () => Response.json({ code: "INVALID_EMAIL_OR_PASSWORD" }, { status: 401 })),
    call,
    /** Lin signs in. */
    signIn: (password = TEST_PASSWORD, from: From = {}) => call("/sign-in/email", { ...LIN, password }, from),
    whoAsks,
    isSignedIn: async (cookie: string) => (await whoAsks(new Headers({ cookie }))) !== null,
    /** What the audit log has, oldest first. */
    acts: () => writtenActs(database.pool),
  };
}

/** The cookies that an answer sets, as a browser sends them. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
