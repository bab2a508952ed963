import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DEMO_KEY, DEMO_PEOPLE, ensureDemoPeople } from "../access/demo-people.ts";
import { issueFirstAdministratorToken } from "../access/first-administrator.ts";
import { createPerson } from "../access/people.ts";
import { parseConfig } from "../config/config.ts";
import { isDemo } from "../queries/is-demo.ts";
import { type Database, openDatabase } from "../store/database.ts";
import { takeDemoPart } from "../store/turns.ts";
import { startTestServer, type TestServer } from "../test/writer-harness.ts";
import { settleDemo } from "./settle-demo.ts";

let server: TestServer;
let database: Database;
let told: string[];

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  told = [];
  return () => database.close();
});
afterAll(() => server.stop());

/** A start, with `npm run demo` or `npm start`. */
function start(how: "demo" | "start"): Promise<boolean> {
  const log = { warn: (line: string) => void told.push(line) };
  return settleDemo(
    { config: parseConfig({ DEMO: how === "demo" ? "1" : "0" }), log: log as never },
    database,
  );
}
const real = () =>
  createPerson(database.db, {
    email: "ada@example.test",
    name: "Ada",
    role: "administrator",
    password: "a long test password",
  });

test("a demo begins on nothing, and goes on at the next start", async () => {
  expect(await start("demo")).toBe(true);
  await ensureDemoPeople(database.db);
  expect(await start("demo")).toBe(true);
  expect(told).toEqual([]);
});

test("of several first starts at once, all run the demo", async () => {
  expect(await Promise.all([start("demo"), start("demo"), start("demo")])).toEqual([true, true, true]);
});

test("no demo begins over real people or real events, and the log says why", async () => {
  await real();
  expect(await start("demo")).toBe(false);
  expect(await isDemo(database)).toBe(false);
  expect(told).toEqual([expect.stringContaining("real installation")]);
});

test("no demo begins over events that came in", async () => {
  await database.pool.query(
    "INSERT INTO stream (name, received) VALUES ('orders', 1) ON CONFLICT (name) DO UPDATE SET received = 1",
  );
  expect(await start("demo")).toBe(false);
});

test("outside, the demo's sessions end, the log says what to do, and a link for a first administrator is made", async () => {
  await start("demo");
  await ensureDemoPeople(database.db);
  const admin = await database.db.user.findFirstOrThrow({ where: { role: "administrator" } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.db.session.create({ data: { id: "s", token: "t", userId: admin.id, expiresAt } });
  expect(await start("start")).toBe(false);
  expect(await database.db.session.count()).toBe(0);
  expect(told).toEqual([expect.stringMatching(/holds a demo.*npm run demo.*user create/)]);
  expect(await issueFirstAdministratorToken(database.db)).not.toBeNull();
  expect(await database.db.user.count()).toBe(DEMO_PEOPLE.length);
});

test("beside a demo that runs, a start that is none ends nobody's session there, and says so", async () => {
  await start("demo");
  await ensureDemoPeople(database.db);
  const { id } = await database.db.user.findFirstOrThrow({ where: { role: "administrator" } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.db.session.create({ data: { id: "s", token: "t", userId: id, expiresAt } });
  const giveUp = await takeDemoPart(database.url);
  expect(await start("start")).toBe(false);
  expect(await database.db.session.count()).toBe(1);
  expect(told).toEqual([expect.stringMatching(/demo runs.*another process.*npm run demo/)]);
  await giveUp?.();
  await start("start");
  expect(await database.db.session.count()).toBe(0);
});

test("a wiped demo stays a real installation; what an earlier version left of the demo goes", async () => {
  await start("demo");
  await ensureDemoPeople(database.db);
  await database.db.setting.update({ where: { key: "demo" }, data: { value: false } });
  await database.db.apiKey.create({
    data: { id: "k", name: DEMO_KEY, hash: "h", prefix: "tw_", scopes: ["ingest"] },
  });
  await real();
  expect(await start("demo")).toBe(false);
  const people = await database.db.user.findMany({ select: { email: true } });
  expect(people).toEqual([{ email: "ada@example.test" }]);
  expect(await database.db.apiKey.count()).toBe(0);
});
