import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cookiesIn, openAuthHarness } from "#testing/factories/auth-harness.ts";
import { makeTestPerson, TEST_PASSWORD } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { SeenSessions } from "../access/seen-sessions.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { listPeople } from "./list-people.ts";
import { endSession, listSessions } from "./person-sessions.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
const ACT = { by: "cli:tester", reason: "a laptop was lost" };
const LIN = { email: "lin@example.test" };
const MINUTE_MS = 60_000;

let server: TestServer;
let database: Database;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
});
beforeEach(async () => {
  await database.db.user.deleteMany();
  await emptyAudit(database.pool);
  id = await makeTestPerson(database.db, { ...LIN, name: "Lin Wei" });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

async function signIn(said: Record<string, string> = {}): Promise<string> {
  const answer = await openAuthHarness(database).call(
    "/sign-in/email",
    { ...LIN, password: TEST_PASSWORD },
    said,
  );
  expect(answer.status).toBe(200);
  return cookiesIn(answer);
}

const sessions = () => listSessions(database.db, { id });

test("each session tells its device, address and times, and which one asks", async () => {
  await signIn({ "user-agent": CHROME, "x-forwarded-for": "10.20.4.18" });
  const [own] = await sessions();
  await signIn({ "user-agent": "curl/8.5.0" });
  const listed = await listSessions(database.db, LIN.email, { own: own?.id ?? null });
  expect(listed).toHaveLength(2);
  expect(listed.find(({ isYours }) => isYours)).toMatchObject({
    browser: "Chrome",
    system: "Windows",
    isHandheld: false,
    address: "10.20.4.18",
  });
  expect(listed.find(({ isYours }) => !isYours)).toMatchObject({ browser: null, address: "203.0.113.1" });
  const [person] = await listPeople(database.db, new Date());
  expect(person).toMatchObject({ sessions: 2 });
  expect(Date.now() - new Date(person?.lastSignInAt ?? 0).getTime()).toBeLessThan(MINUTE_MS);
});

test("one that is ended is nobody at the next request; the other goes on; once", async () => {
  const [first, second] = [await signIn(), await signIn()];
  const { authenticate } = openAuthHarness(database);
  const actor = await authenticate(new Headers({ cookie: first }));
  const sessionId = actor?.kind === "person" ? actor.sessionId : "";
  expect(await endSession(database.db, { id }, sessionId, ACT)).toMatchObject({ sessions: 1 });
  expect(await authenticate(new Headers({ cookie: first }))).toBeNull();
  expect(await authenticate(new Headers({ cookie: second }))).not.toBeNull();
  await expect(endSession(database.db, { id }, sessionId, ACT)).rejects.toMatchObject({ code: "not_found" });
  const acts = (await writtenActs(database.pool)).filter(({ action }) => action === "person.end-session");
  expect(acts).toMatchObject([
    {
      actor: "cli:tester",
      subject: `person ${id}`,
      details: { reason: ACT.reason, sessions: 1, session: sessionId },
    },
  ]);
});

test("nobody ends somebody else's session in their name", async () => {
  await signIn();
  const [session] = await sessions();
  const other = await makeTestPerson(database.db, { email: "he@example.test", name: "He Min" });
  await expect(endSession(database.db, { id: other }, session?.id ?? "", ACT)).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await sessions()).toHaveLength(1);
  await expect(listSessions(database.db, "nobody")).rejects.toMatchObject({ code: "not_found" });
});

test("last seen is written once a minute at most, by however many processes", async () => {
  await signIn();
  const [session] = await sessions();
  const seen = session?.id ?? "";
  const lastSeen = async () => new Date((await sessions())[0]?.lastSeenAt ?? 0).getTime();
  const began = await lastSeen();
  let now = began + MINUTE_MS;
  const statements: string[] = [];
  const pool = {
    query: (text: string, values: unknown[]) => {
      statements.push(text);
      return database.pool.query(text, values);
    },
  } as never;
  const [one, other] = [new SeenSessions(pool, () => now), new SeenSessions(pool, () => now)];
  for (let request = 0; request < 100; request += 1) one.note([seen]);
  await expect.poll(lastSeen).toBe(now);
  expect(statements).toHaveLength(1);
  const first = now;
  now += 10_000;
  other.note([seen]); // it has not seen the session before, and the row is fresh
  one.note([seen]);
  await expect.poll(() => statements.length).toBe(2);
  now = first + MINUTE_MS;
  one.note([seen]);
  await expect.poll(lastSeen).toBe(now);
  expect(statements).toHaveLength(3);
});
