import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { parseConfig } from "../config/config.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { takeDemoPart } from "../db/turns.ts";
import { DEMO_PEOPLE, ensureDemoPeople } from "../demo/demo-people.ts";
import { isDemo } from "../demo/is-demo.ts";
import { issueFirstAdministratorToken } from "../people/first-administrator.ts";
import { createPerson } from "../people/people.ts";
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

test("a wiped demo stays a real installation", async () => {
  await start("demo");
  await database.db.setting.update({ where: { key: "demo" }, data: { value: false } });
  await real();
  expect(await start("demo")).toBe(false);
});
