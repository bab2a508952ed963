import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type AuthHarness,
  cookiesIn,
  openAuthHarness,
  TEST_ORIGIN,
} from "#testing/factories/auth-harness.ts";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { livingKey, livingSessions } from "./living-sessions.ts";

/** What signing in tells of others, of foreign pages, and in its answers; and what becomes of the session before. */

const MGR = { email: "mgr@insurer.example" };
const REFUSED = async () => Response.json({}, { status: 401 });

let server: TestServer;
let database: Database;
let harness: AuthHarness;
let opened: AuthHarness[] = [];

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  await makeTestPerson(database.db, { ...MGR, username: "mgr" });
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM sign_in_limit");
  await emptyAudit(database.pool);
  harness = openHarness();
});
afterEach(async () => {
  for (const { handler } of opened) await handler.close();
  opened = [];
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

function openHarness(given?: Parameters<typeof openAuthHarness>[1]): AuthHarness {
  const made = openAuthHarness(database, given);
  opened.push(made);
  return made;
}
const signIn = (said = {}) => harness.call("/sign-in/email", { ...MGR, password: TEST_PASSWORD }, said);
const whoIs = (cookie: string) => harness.authenticate(new Headers({ cookie }));

describe("guessing tells nothing of who there is", () => {
  const guess = async (name: { email: string } | { username: string }, n: number) => {
    const path = "email" in name ? "/sign-in/email" : "/sign-in/username";
    const said = { "x-forwarded-for": `198.51.100.${n}` };
    return (await harness.call(path, { ...name, password: "guess" }, said)).status;
  };

  test.each([
    ["mgr@insurer.example", "mgr"],
    ["nobody@insurer.example", "nobody"],
  ])("tries at %s say nothing at %s, whether they are one account or none", async (email, username) => {
    harness = openHarness({ answer: REFUSED });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push(await guess({ email }, n));
    statuses.push(await guess({ username }, 7));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 401]);
  });

  test("a browser that is known has one count for both names, and strangers' tries are not in it", async () => {
    const cookie = cookiesIn(await signIn());
    harness = openHarness({ answer: REFUSED });
    for (let n = 0; n < 6; n++) await guess(MGR, n);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      const [path, name] = n % 2 ? ["/sign-in/email", MGR] : ["/sign-in/username", { username: "mgr" }];
      const body = { ...(name as object), password: "guess" };
      statuses.push((await harness.call(path as string, body, { cookie })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
});

describe("another sign-in in a browser", () => {
  test("ends the session that the browser had, and its sockets", async () => {
    const before = cookiesIn(await signIn());
    const elsewhere = cookiesIn(await signIn());
    const actor = await whoIs(before);
    const key = actor?.kind === "person" ? livingKey(actor.sessionId, actor.role) : "";
    expect(await livingSessions(database.pool, [key])).toEqual(new Set([key]));
    const after = cookiesIn(await signIn({ cookie: before }));
    expect([await whoIs(before), await livingSessions(database.pool, [key])]).toEqual([null, new Set()]);
    for (const cookie of [after, elsewhere]) expect(await whoIs(cookie)).not.toBeNull();
    const acts = (await database.db.auditEntry.findMany({ orderBy: { id: "asc" } })).map((a) => a.action);
    expect(acts).toEqual(["session.sign-in", "session.sign-in", "session.sign-in", "session.sign-out"]);
  });

  test("ends it whosever it was; one that does not succeed ends nothing", async () => {
    const chen = { email: "chen@insurer.example" };
    await makeTestPerson(database.db, { ...chen, username: "chen", name: "Chen" });
    const body = { ...chen, password: TEST_PASSWORD };
    const before = cookiesIn(await signIn());
    const wrong = await harness.call("/sign-in/email", { ...chen, password: "not hers" }, { cookie: before });
    expect([wrong.status, (await whoIs(before)) === null]).toEqual([401, false]);
    const after = cookiesIn(await harness.call("/sign-in/email", body, { cookie: before }));
    expect([await whoIs(before), await whoIs(after)]).toMatchObject([null, { kind: "person" }]);
  });

  test("ends no session whose cookie was not signed by us", async () => {
    const cookie = cookiesIn(await signIn());
    await signIn({ cookie: cookie.replaceAll(/\.[^.;]*(?=;|$)/g, ".forged") });
    expect(await whoIs(cookie)).not.toBeNull();
  });
});

describe("a page that is not our own", () => {
  const PATHS = ["/sign-in/email", "/sign-in/username", "/change-password", "/sign-out"];
  const FOREIGN = ["https://the-sender-wrote-this.example", "null", "http://tidewatch.test:81", ""];

  test.each(PATHS)(
    "gets 403 from %s, is no try at an account, and writes nothing to the log",
    async (path) => {
      const lines: string[] = [];
      const stream = new Writable({
        write: (line, _, done) => {
          lines.push(String(line));
          done();
        },
      });
      const cookie = cookiesIn(await signIn());
      harness = openHarness({ log: pino({ level: "debug" }, stream) });
      const body = { ...MGR, username: "mgr", password: "x", currentPassword: "x", newPassword: "y" };
      for (const origin of FOREIGN) {
        for (const said of [{ origin }, { origin, cookie }]) {
          const answer = await harness.call(path, body, said);
          expect([origin, answer.status]).toEqual([origin, 403]);
          expect(await answer.json()).toMatchObject({ code: "forbidden" });
        }
      }
      await harness.handler.close();
      expect(lines).toEqual([]);
      const { rows } = await database.pool.query("SELECT key FROM sign_in_limit WHERE key LIKE 'tries%'");
      expect(rows).toEqual([]);
      expect(await database.db.auditEntry.count({ where: { action: "session.refused" } })).toBe(0);
      expect(await whoIs(cookie)).not.toBeNull();
    },
  );
});

describe("answers", () => {
  const NEXT = "quite another password";

  test("hold no session's token, and are kept by nobody", async () => {
    const signedIn = await signIn();
    const cookie = cookiesIn(signedIn);
    const byName = await harness.call("/sign-in/username", { username: "mgr", password: TEST_PASSWORD });
    const body = { currentPassword: TEST_PASSWORD, newPassword: NEXT };
    const changed = await harness.call("/change-password", body, { cookie });
    const back = { currentPassword: NEXT, newPassword: TEST_PASSWORD };
    const again = await harness.call("/change-password", back, { cookie: cookiesIn(changed) });
    const out = await harness.call("/sign-out", {}, { cookie: cookiesIn(again) });
    const tokens = (await database.db.session.findMany({ select: { token: true } })).map((s) => s.token);
    for (const answer of [signedIn, byName, changed, again, out]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const text = await answer.text();
      expect(text).not.toMatch(/token/i);
      for (const token of tokens) expect(text).not.toContain(token);
    }
  });

  test("the present password is no new one, however it is written", async () => {
    const cookie = cookiesIn(await signIn());
    for (const newPassword of [TEST_PASSWORD, TEST_PASSWORD.replace(/[a-z]/, fullWidth)]) {
      const body = { currentPassword: TEST_PASSWORD, newPassword };
      const answer = await harness.call("/change-password", body, { cookie });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ field: "newPassword", reason: "same" });
    }
    expect(await whoIs(cookie)).not.toBeNull();
  });
});

/** The same letter as a Chinese keyboard may write it. */
const fullWidth = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) + 0xfee0);

test("our own origin is let in", async () => {
  expect((await signIn({ origin: TEST_ORIGIN })).status).toBe(200);
});
