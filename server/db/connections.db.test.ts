import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type DatabaseProxy, openProxy } from "#testing/faults/database-proxy.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { isDatabaseAbsence } from "../lib/database-absence.ts";
import { Connections } from "./connections.ts";

const GIVES_UP_SOON = { askMs: 50, questions: 6 };

let server: TestServer;
let proxy: DatabaseProxy;
let connections: Connections;
let pool: pg.Pool;
let lost: Error[];
beforeAll(async () => {
  server = await startTestServer("own");
});
afterAll(() => server.stopAtOnce());
beforeEach(async () => {
  proxy = await openProxy(await server.emptyDatabase());
  lost = [];
  connections = new Connections({ connectionString: proxy.url }, (error) => lost.push(error), GIVES_UP_SOON);
  pool = connections.pool({ max: 2 });
});
afterEach(async () => {
  await connections.end();
  await proxy.close();
});

const isAlive = () => vi.waitFor(() => pool.query("SELECT 1"), PATIENCE);

test("a connection that breaks fails the statement under way, and the process lives", async () => {
  const client = await pool.connect();
  const statement = client.query("SELECT pg_sleep(60)");
  proxy.cut();
  await expect(statement).rejects.toSatisfy(isDatabaseAbsence);
  client.release();
  proxy.restore();
  await isAlive();
});

test("one that breaks between two statements fails the second", async () => {
  const client = await pool.connect();
  await client.query("BEGIN");
  const ended = new Promise((resolve) => client.once("end", resolve));
  proxy.cut();
  await ended;
  await expect(client.query("COMMIT")).rejects.toSatisfy(isDatabaseAbsence);
  client.release();
  proxy.restore();
  await isAlive();
});

test("a database that falls silent is given up, in use and idle, and found again", async () => {
  const [held, idle] = await Promise.all([pool.connect(), pool.connect()]);
  idle.release();
  const statement = held.query("SELECT pg_sleep(60)");
  proxy.fallSilent();
  await expect(statement).rejects.toMatchObject({ code: "ETIMEDOUT" });
  held.release();
  await vi.waitFor(
    () => expect(lost).toContainEqual(expect.objectContaining({ code: "ETIMEDOUT" })),
    PATIENCE,
  );
  proxy.restore();
  await isAlive();
});

test("a database that is busy for longer than that is waited for", async () => {
  const { rows } = await pool.query("SELECT 'done' AS told FROM pg_sleep(1)");
  expect(rows).toEqual([{ told: "done" }]);
  expect(lost).toEqual([]);
});

test("pools that have fallen silent can be ended", async () => {
  const others = new Connections({ connectionString: proxy.url }, (error) => lost.push(error), GIVES_UP_SOON);
  await others.pool({ max: 1 }).query("SELECT 1");
  proxy.fallSilent();
  await others.end();
});
