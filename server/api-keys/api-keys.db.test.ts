import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTestPerson } from "#testing/factories/people.ts";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { ApiKeys, hashKey } from "../access/api-keys.ts";
import { DEMO_KEY } from "../access/demo-key.ts";
import { ensureInitialKey, INITIAL_KEY } from "../access/initial-key.ts";
import { apiKeysPage, issuedApiKey } from "../contracts/api/api-keys.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { Conflict, InvalidInput, NotFound } from "../lib/errors.ts";
import { apiKey, apiKeys } from "./list-keys.ts";
import { type AskedKey, makeKey } from "./make-key.ts";
import { revokeKey } from "./revoke-key.ts";
import { rotateKey } from "./rotate-key.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const INITIAL = "an-initial-key-of-thirty-two-or-more";

let server: TestServer;
let database: Database;
let ada: string;
let now: number;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
  ada = await makeTestPerson(database.db, { email: "ada@keys.test", username: "ada" });
});
beforeEach(async () => {
  now = Date.now();
  await database.db.apiKey.deleteMany();
  await emptyAudit(database.pool);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const ctx = () => ({ db: database.db, pool: database.pool, now: () => now });
const make = (asked: Partial<AskedKey> = {}, by = ada) =>
  makeKey(ctx(), by, { name: "till", scopes: ["ingest"], reason: "a new till", ...asked });
const list = (state?: "valid" | "ended") => apiKeys(ctx(), { limit: 100, ...(state ? { state } : {}) });
const idsOf = async (state?: "valid" | "ended") => (await list(state)).items.map(({ id }) => id);
const isGood = async (secret: string) => {
  const keys = new ApiKeys(database.db, () => now);
  return (await keys.authenticate(new Headers({ authorization: `Bearer ${secret}` }))) !== null;
};
const acts = async () =>
  (await writtenActs(database.pool)).map(({ actor, action, subject, details }) => ({
    actor,
    action,
    subject,
    details,
  }));

describe("making a key", () => {
  test("gives its secret once; the list tells all but that, and the audit log who and why", async () => {
    const { key, secret } = await make();
    expect(key).toMatchObject({
      name: "till",
      prefix: secret.slice(0, 7),
      scopes: ["ingest"],
      state: "valid",
      createdBy: { id: ada, name: (await database.db.user.findUniqueOrThrow({ where: { id: ada } })).name },
      perMinute: null,
      lastUsedAt: null,
      isRotatable: true,
    });
    expect(Math.abs(Date.parse(key.expiresAt ?? "") - now - 365 * DAY)).toBeLessThan(HOUR);
    expect(await isGood(secret)).toBe(true);
    const listed = await list();
    expect(listed.items.map(({ id }) => id)).toEqual([key.id]);
    const told = JSON.stringify([listed, await acts()]);
    expect(told).not.toContain(secret);
    expect(told).not.toContain(hashKey(secret));
    expect(apiKeysPage.strict().parse(listed)).toEqual(listed);
    expect(issuedApiKey.parse({ key, secret })).toEqual({ key, secret });
    expect(await acts()).toMatchObject([
      {
        actor: ada,
        action: "api-key.create",
        subject: `api-key ${key.id}`,
        details: { name: "till", scopes: ["ingest"], perMinute: null, reason: "a new till" },
      },
    ]);
  });

  test("tells when it was used and from where", async () => {
    const { key, secret } = await make();
    const keys = new ApiKeys(database.db, () => now);
    await keys.authenticate(
      new Headers({ authorization: `Bearer ${secret}`, "x-forwarded-for": "10.0.0.4" }),
    );
    expect(await apiKey(ctx(), key.id)).toMatchObject({
      lastUsedAt: new Date(now).toISOString(),
      lastUsedFrom: "10.0.0.4",
    });
  });

  test.each([
    [{ scopes: ["read"] }, { perMinute: 600 }],
    [{ scopes: ["read"], perMinute: 7 }, { perMinute: 7 }],
    [{ scopes: ["read"], perMinute: null }, { perMinute: null }],
    [{ expiresAt: null }, { expiresAt: null }],
  ] as const)("%j gives %j", async (asked, expected) => {
    expect((await make(asked)).key).toMatchObject(expected);
  });

  test.each([
    ["the environment's name", { name: INITIAL_KEY }],
    ["the simulator's name", { name: DEMO_KEY }],
    ["an end that is past", { expiresAt: new Date(1) }],
  ])("%s is refused, and nothing is made", async (_, asked) => {
    await expect(make(asked)).rejects.toBeInstanceOf(InvalidInput);
    expect([await idsOf(), await acts()]).toEqual([[], []]);
  });
});

describe("rotating a key", () => {
  test("both secrets are good for the overlap, then the new one alone", async () => {
    const old = await make({ scopes: ["read"], perMinute: 9 });
    const made = Date.parse(old.key.createdAt);
    now = made + 10 * DAY;
    const next = await rotateKey(ctx(), ada, old.key.id, { overlapHours: 2, reason: "once a year" });
    expect(next.secret).not.toBe(old.secret);
    expect(next.key).toMatchObject({ name: "till", scopes: ["read"], perMinute: 9, rotatedFrom: old.key.id });
    // As long a life as the old one's, from now on.
    expect(Date.parse(next.key.expiresAt ?? "") - now).toBe(Date.parse(old.key.expiresAt ?? "") - made);
    expect(await apiKey(ctx(), old.key.id)).toMatchObject({
      state: "valid",
      expiresAt: new Date(now + 2 * HOUR).toISOString(),
      rotatedTo: next.key.id,
      isRotatable: false,
    });
    const good = async () => [await isGood(old.secret), await isGood(next.secret)];
    expect(await good()).toEqual([true, true]);
    now += 2 * HOUR - 1;
    expect(await good()).toEqual([true, true]);
    now += 1;
    expect(await good()).toEqual([false, true]);
    expect((await apiKey(ctx(), old.key.id)).state).toBe("expired");
    const { id } = old.key;
    const to = next.key.id;
    expect((await acts()).slice(1)).toMatchObject([
      { action: "api-key.create", subject: `api-key ${to}`, details: { rotatedFrom: id } },
      {
        actor: ada,
        action: "api-key.rotate",
        subject: `api-key ${id}`,
        details: { name: "till", to, overlapHours: 2, reason: "once a year" },
      },
    ]);
  });

  test("without an overlap the old one ends now, and one without an end has a successor without one", async () => {
    const old = await make({ expiresAt: null });
    const next = await rotateKey(ctx(), ada, old.key.id, { overlapHours: 0, reason: "leaked" });
    expect([await isGood(old.secret), await isGood(next.secret)]).toEqual([false, true]);
    expect(next.key.expiresAt).toBeNull();
  });

  test("no overlap makes the old one live longer", async () => {
    const expiresAt = new Date(now + HOUR);
    const old = await make({ expiresAt });
    await rotateKey(ctx(), ada, old.key.id, { overlapHours: 720, reason: "once a year" });
    expect((await apiKey(ctx(), old.key.id)).expiresAt).toBe(expiresAt.toISOString());
  });

  test("of several who rotate at once, one does", async () => {
    const { key } = await make();
    const tries = await Promise.allSettled(
      [1, 2, 3, 4].map(() => rotateKey(ctx(), ada, key.id, { overlapHours: 1, reason: "once a year" })),
    );
    const refused = tries.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(refused).toHaveLength(3);
    for (const reason of refused) expect(reason).toBeInstanceOf(Conflict);
    expect(await idsOf()).toHaveLength(2);
  });

  test("one that was revoked or has expired, the environment's own and one that is not there are refused", async () => {
    const rotate = (id: string) => rotateKey(ctx(), ada, id, { overlapHours: 1, reason: "why not" });
    const revoked = await make();
    await revokeKey(ctx(), ada, revoked.key.id, "lost");
    const expired = await make({ expiresAt: new Date(now + 1) });
    now += 1;
    await ensureInitialKey(database.db, INITIAL);
    const own = (await list("valid")).items.find(({ name }) => name === INITIAL_KEY);
    expect(own).toMatchObject({ isRotatable: false, createdBy: { id: "system", name: null } });
    for (const id of [revoked.key.id, expired.key.id, own?.id ?? ""]) {
      await expect(rotate(id)).rejects.toMatchObject({ code: "conflict", fields: { current: { id } } });
    }
    await expect(rotate("nobody")).rejects.toBeInstanceOf(NotFound);
  });
});

describe("revoking a key", () => {
  test("ends it for good, once, with a reason", async () => {
    const { key, secret } = await make();
    expect(await revokeKey(ctx(), ada, key.id, "lost")).toMatchObject({ id: key.id, state: "revoked" });
    expect(await isGood(secret)).toBe(false);
    await expect(revokeKey(ctx(), ada, key.id, "lost")).rejects.toBeInstanceOf(Conflict);
    await expect(revokeKey(ctx(), ada, "nobody", "lost")).rejects.toBeInstanceOf(NotFound);
    expect((await acts()).slice(1)).toEqual([
      {
        actor: ada,
        action: "api-key.revoke",
        subject: `api-key ${key.id}`,
        details: { name: "till", reason: "lost" },
      },
    ]);
  });
});

test("the list is read newest first, page by page, and by whether keys are good", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.unshift((await make({ name: `till ${count}` })).key.id);
  await revokeKey(ctx(), ada, ids[1] ?? "", "lost");
  const ended = await make({ expiresAt: new Date(now + 1) });
  now += 1;
  const everything = new Set([...ids, ended.key.id]);
  const read: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await apiKeys(ctx(), { limit: 4, ...(cursor ? { cursor } : {}) });
    read.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(read).toHaveLength(6);
  expect(new Set(read)).toEqual(everything);
  const made = (await list()).items.map(({ createdAt }) => createdAt);
  expect(made).toEqual([...made].sort().reverse());
  expect(new Set(await idsOf("ended"))).toEqual(new Set([ids[1], ended.key.id]));
  expect(new Set(await idsOf("valid"))).toEqual(new Set(ids.filter((id) => id !== ids[1])));
});
