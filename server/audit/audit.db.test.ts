import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTestPerson } from "#testing/factories/people.ts";
import { startTestServer, TEST_TIME, type TestServer } from "#testing/harness/writer-harness.ts";
import { issueKey } from "../access/api-keys.ts";
import { auditFilter, auditPage, auditQuery } from "../contracts/api/audit.ts";
import { type Act, recordAct } from "../db/audit.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { InvalidInput } from "../lib/errors.ts";
import { auditCsv } from "./audit-csv.ts";
import { auditActors, auditEntries } from "./list-audit.ts";

let server: TestServer;
let database: Database;
let lin: string;
let key: string;

/** One each hour from 2026-11-21 22:00 in Shanghai on. */
const FIRST = Date.parse("2026-11-21T14:00:00Z");
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  lin = await makeTestPerson(database.db, { name: "Lin Wei" });
  const at = new Date(FIRST - HOUR_MS);
  ({ id: key } = await issueKey(database.db, { name: "list 100%", scopes: ["read"] }, "cli:root"));
  const acts: Act[] = [
    { actor: lin, action: "session.sign-in", subject: `person ${lin}`, address: "203.0.113.7" },
    {
      actor: lin,
      action: "retention.closed",
      subject: "case 20417",
      details: { reason: "cover kept", version: 2 },
    },
    { actor: key, action: "key-users.edit", subject: "key user 7" },
    { actor: "cli:root", action: "api-key.revoke", subject: `api-key ${key}`, details: { reason: "lost" } },
    { actor: "system", action: "data.prune", subject: "installation", details: { partitions: ["a", "b"] } },
    {
      actor: "anonymous",
      action: "session.refused",
      subject: "unknown",
      details: { reason: "wrong password" },
    },
    { actor: "somebody who left", action: "orders.export", subject: "installation" },
  ];
  await recordAct(database.pool, { ...acts[0], at } as Act); // before the first day asked for
  for (const [index, act] of acts.entries()) {
    await recordAct(database.pool, { ...act, at: new Date(FIRST + index * HOUR_MS) });
  }
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const ctx = () => ({ pool: database.pool, time: TEST_TIME });
const read = (asked: Record<string, unknown> = {}) => auditEntries(ctx(), auditQuery.parse(asked));
const actsOf = async (asked: Record<string, unknown>) => {
  const { items, total } = await read({ limit: 100, ...asked });
  expect(total).toBe(items.length);
  return items.map(({ action }) => action);
};

describe("an entry", () => {
  test("names people and keys as they are called now, on both sides; what is gone keeps its id", async () => {
    const { items, total } = await read();
    expect(auditPage.parse({ items, nextCursor: null, total })).toBeTruthy();
    const shown = items.map(({ actor, subjectName }) => [actor.kind, actor.name, subjectName]);
    expect(shown.slice(0, 7)).toEqual([
      ["gone", null, null],
      ["anonymous", null, null],
      ["system", null, null],
      ["command", null, "list 100%"],
      ["key", "list 100%", null],
      ["person", "Lin Wei", null],
      ["person", "Lin Wei", "Lin Wei"],
    ]);
    expect(items[5]).toMatchObject({ reason: "cover kept", address: null, details: { version: 2 } });
    expect(items[6]).toMatchObject({ reason: null, address: "203.0.113.7", details: {} });
  });

  test("stays when its details are gone", async () => {
    const { items } = await read({ limit: 1 });
    const gone = { ...items[0], details: null, reason: null, address: null };
    await database.pool.query(
      `BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM audit_detail WHERE entry_id = ${items[0]?.id}; COMMIT`,
    );
    expect((await read({ limit: 1 })).items).toEqual([gone]);
  });
});

describe("filters", () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ action: "session.refused" }, ["session.refused"]],
    [{ action: "session" }, ["session.refused", "session.sign-in", "session.sign-in"]],
    [{ action: "robot.dance" }, []],
    [{ subject: "case 20417" }, ["retention.closed"]],
    [{ subject: "case 2041" }, []],
    [{ actor: "system" }, ["data.prune"]],
    [{ actor: "cli:root" }, ["api-key.revoke", "api-key.create"]],
    [{ text: "20417" }, ["retention.closed"]],
    [{ text: "COVER" }, ["retention.closed"]],
    [{ text: "lin wei" }, ["retention.closed", "session.sign-in", "session.sign-in"]],
    [{ text: "100%" }, ["api-key.revoke", "key-users.edit", "api-key.create"]],
    [{ text: "1%0" }, []],
    [{ text: "  ", action: "data" }, ["data.prune"]],
    [{ from: "2026-11-22", to: "2026-11-22", actor: "system" }, ["data.prune"]],
    [{ to: "2026-11-21" }, ["retention.closed", "session.sign-in", "session.sign-in"]],
    [{ from: "2026-11-21", to: "2026-11-21", action: "session" }, ["session.sign-in", "session.sign-in"]],
  ])("%j", async (asked, acts) => {
    expect(await actsOf(asked)).toEqual(acts);
  });

  test("by a person", async () => {
    expect(await actsOf({ actor: lin, action: "retention" })).toEqual(["retention.closed"]);
  });

  test.each([
    [{ action: "dancing" }, "There are no such acts"],
    [{ from: "2026-11-23", to: "2026-11-22" }, "Exchange them"],
    [{ cursor: "x" }, "cursor"],
  ])("%j is refused in words", async (asked, words) => {
    await expect(read(asked)).rejects.toThrow(InvalidInput);
    await expect(read(asked)).rejects.toThrow(words);
  });

  test.each([{ from: "yesterday" }, { limit: 0 }, { text: "x".repeat(201) }])("%j is no query", (asked) => {
    expect(auditQuery.safeParse(asked).success).toBe(false);
  });
});

test("pages hold while entries are added: nothing twice, nothing left out", async () => {
  const all = (await read({ limit: 100 })).items.map(({ id }) => id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    if (seen.length === 3)
      await recordAct(database.pool, { actor: "late", action: "sql.read", subject: "x" });
  } while (cursor);
  expect(seen).toEqual(all);
});

test("who stands in the log: each once", async () => {
  const { items } = await auditActors(ctx());
  const ids = items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(items).toEqual(
    expect.arrayContaining([
      { id: lin, name: "Lin Wei", kind: "person" },
      { id: key, name: "list 100%", kind: "key" },
      { id: "cli:root", name: null, kind: "command" },
      { id: "somebody who left", name: null, kind: "gone" },
    ]),
  );
});

test("the export has every entry of the filter, with formulas made harmless", async () => {
  const act: Act = { actor: lin, action: "person.disable", subject: "person x", details: { reason: "=1+1" } };
  await recordAct(database.pool, act);
  let text = "";
  for await (const part of auditCsv(ctx(), auditFilter.parse({ action: "person" }))) text += part;
  const [head, line, ...rest] = text.replace("\uFEFF", "").trimEnd().split("\n");
  expect(head).toBe("entry,at,actor,actor_name,action,subject,subject_name,reason,address,details");
  expect(line).toContain("person.disable,person x,,'=1+1,,");
  expect(rest).toEqual([]);
});
