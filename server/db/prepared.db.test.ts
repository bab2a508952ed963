import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { awaitAll } from "./await-all.ts";
import { prepared } from "./prepared.ts";

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  client = new pg.Client({ connectionString: await server.emptyDatabase(), pipeline: true });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const known = async () =>
  (await client.query<{ statement: string }>("SELECT statement FROM pg_prepared_statements")).rows.map(
    ({ statement }) => statement,
  );

test("each text with parameters is parsed once, also when it is sent again before its first answer", async () => {
  const db = prepared(client);
  const [doubled, negated] = ["SELECT $1::int * 2 AS n", "SELECT -$1::int AS n"];
  const answers = await Promise.all([
    db.query("BEGIN"),
    db.query(doubled, [1]),
    db.query(negated, [2]),
    db.query(doubled, [3]),
    db.query("COMMIT"),
  ]);
  expect(answers.map(({ rows }) => rows)).toEqual([[], [{ n: 2 }], [{ n: -2 }], [{ n: 6 }], []]);
  expect((await known()).sort()).toEqual([negated, doubled].sort());
});

test("the first statement that fails tells why; what was sent behind it changes nothing", async () => {
  await client.query("CREATE TABLE kept (n int)");
  const db = prepared(client);
  await db.query("BEGIN");
  const sent = Promise.all([
    db.query("INSERT INTO kept VALUES ($1)", [1]),
    db.query("SELECT 1 / $1::int", [0]),
    db.query("INSERT INTO kept VALUES ($1 + 1)", [1]),
  ]);
  await expect(sent).rejects.toThrow("division by zero");
  await db.query("ROLLBACK");
  expect((await client.query("SELECT * FROM kept")).rows).toEqual([]);
});

test("nothing is sent behind the rollback when one fails between two statements of another (C10)", async () => {
  await client.query("CREATE TABLE twice (n int)");
  const db = prepared(client);
  const both = async () => {
    for (const n of [1, 2]) await db.query("INSERT INTO twice VALUES ($1)", [n]);
  };
  await db.query("BEGIN");
  const sent = awaitAll([both(), Promise.reject(new Error("cannot be encoded"))]);
  await expect(sent).rejects.toThrow("cannot be encoded");
  await db.query("ROLLBACK");
  expect((await client.query("SELECT * FROM twice")).rows).toEqual([]);
});
