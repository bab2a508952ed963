import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { emptyAudit, writtenActs } from "#testing/harness/audit-log.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";
import { DEMO_KEY } from "../access/demo-key.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { TooBusy } from "../lib/errors.ts";
import { ApiKeys, issueKey, revokeKeys } from "./api-keys.ts";
import type { Actor } from "./can.ts";
import { ensureInitialKey } from "./initial-key.ts";

const TWO_SECONDS = 2_000;
const SECRET = "an-initial-key-of-thirty-two-or-more";
const OTHER = "another-initial-key-of-thirty-two-or-more";

let server: TestServer;
let database: Database;
let now: number;

beforeAll(async () => {
  server = await startTestServer();
  const databaseUrl = await server.freshDatabase();
  database = await openDatabase({ databaseUrl, dataDir: "", onIdleError: () => undefined });
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

const keysOf = (isDemo = false) => new ApiKeys(database.db, () => now, isDemo);
const holds = (keys: ApiKeys, secret: string, address = "203.0.113.9"): Promise<Actor | null> =>
  keys.authenticate(new Headers({ authorization: `Bearer ${secret}`, "x-forwarded-for": address }));
/** How long a process still takes a key that is revoked, ms. */
async function untilRefused(keys: ApiKeys, secret: string): Promise<number> {
  const began = performance.now();
  await expect.poll(() => holds(keys, secret), { timeout: 10_000, interval: 20 }).toBeNull();
  return performance.now() - began;
}
const acts = async () =>
  (await writtenActs(database.pool)).map(({ actor, action, details }) => ({
    actor,
    action,
    details,
  }));

describe("a key", () => {
  test("that is revoked is refused within two seconds, though it is in use", async () => {
    const { id, secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    const keys = keysOf();
    expect(await holds(keys, secret)).toMatchObject({ id, scopes: ["ingest"] });
    await database.db.$transaction((tx) => revokeKeys(tx, { id }, "cli:tester", "lost"));
    now += TWO_SECONDS;
    expect(await holds(keys, secret)).toBeNull();
    expect(await acts()).toEqual([
      {
        actor: "cli:tester",
        action: "api-key.create",
        details: { name: "till", scopes: ["ingest"], expiresAt: null, perMinute: null },
      },
      { actor: "cli:tester", action: "api-key.revoke", details: { name: "till", reason: "lost" } },
    ]);
  });

  test("that is revoked is refused by every process within two seconds, by the clock on the wall", {
    tags: "slow",
  }, async () => {
    const { id, secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    const processes = [1, 2, 3].map(() => new ApiKeys(database.db, Date.now));
    for (const keys of processes) expect(await holds(keys, secret)).not.toBeNull();
    await database.db.$transaction((tx) => revokeKeys(tx, { id }, "cli:tester", "lost"));
    const took = await Promise.all(processes.map((keys) => untilRefused(keys, secret)));
    expect(Math.max(...took)).toBeLessThan(TWO_SECONDS);
  });

  test("tells when and from where it was used last, with one write a minute at most", async () => {
    const { id, secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    const keys = keysOf();
    const used = async () => {
      const { lastUsedAt, lastUsedFrom } = await database.db.apiKey.findUniqueOrThrow({ where: { id } });
      return [lastUsedAt?.getTime() ?? null, lastUsedFrom];
    };
    expect(await used()).toEqual([null, null]);
    const first = now;
    await holds(keys, secret, "10.0.0.4");
    expect(await used()).toEqual([first, "10.0.0.4"]);
    now = first + 59_999;
    await holds(keys, secret, "10.0.0.5");
    expect(await used()).toEqual([first, "10.0.0.4"]);
    now = first + 61_000;
    await holds(keys, secret, "2001:db8::7");
    expect(await used()).toEqual([now, "2001:db8::7"]);
  });

  test("lets nobody wait for a note of its use that cannot be written", async () => {
    const { secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    await database.pool.query("ALTER TABLE api_key ADD CONSTRAINT never_used CHECK (last_used_at IS NULL)");
    expect(await holds(keysOf(), secret)).not.toBeNull();
    await database.pool.query("ALTER TABLE api_key DROP CONSTRAINT never_used");
  });

  test("with a limit is told to wait beyond it, while others go on", async () => {
    const limited = await issueKey(database.db, { name: "bi", scopes: ["read"], perMinute: 3 }, "cli:tester");
    const other = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    const keys = keysOf();
    for (let count = 0; count < 3; count += 1) expect(await holds(keys, limited.secret)).not.toBeNull();
    const refused = await holds(keys, limited.secret).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooBusy);
    expect((refused as TooBusy).message).toMatch(/^This API key may send 3 requests a minute/);
    expect((refused as TooBusy).retryAfter).toBeGreaterThanOrEqual(1);
    expect((refused as TooBusy).retryAfter).toBeLessThanOrEqual(60);
    for (let count = 0; count < 20; count += 1) expect(await holds(keys, other.secret)).not.toBeNull();
  });

  test("is refused at the instant of its expiry, though it is remembered", async () => {
    const expiresAt = new Date(now + 500);
    const key = { name: "till", scopes: ["ingest"], expiresAt } as const;
    const { secret } = await issueKey(database.db, key, "cli:tester");
    const keys = keysOf();
    expect(await holds(keys, secret)).not.toBeNull();
    now += 499;
    expect(await holds(keys, secret)).not.toBeNull();
    now += 1;
    expect(await holds(keys, secret)).toBeNull();
  });

  test("of the demo's simulator is nobody's outside a demo", async () => {
    const { secret } = await issueKey(database.db, { name: DEMO_KEY, scopes: ["ingest"] }, "system");
    expect(await holds(keysOf(true), secret)).not.toBeNull();
    expect(await holds(keysOf(), secret)).toBeNull();
  });
});

describe("INIT_API_KEY", () => {
  test("is made once, whoever starts at the same time, with every scope and no end", async () => {
    const starts = Array.from({ length: 5 }, () => ensureInitialKey(database.db, SECRET));
    const states = (await Promise.all(starts)).map(({ state }) => state).sort();
    expect(states).toEqual(["kept", "kept", "kept", "kept", "made"]);
    expect(await database.db.apiKey.findMany()).toMatchObject([
      { scopes: ["ingest", "replay", "read", "features", "key-users"], expiresAt: null, revokedAt: null },
    ]);
    expect(await acts()).toMatchObject([{ actor: "system", action: "api-key.create" }]);
    expect(JSON.stringify(await acts())).not.toContain(SECRET);
  });

  test("shows no character of a secret that somebody chose; of one that was made, its first seven", async () => {
    await ensureInitialKey(database.db, SECRET);
    const { secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    const shown = await database.db.apiKey.findMany({ select: { prefix: true }, orderBy: { name: "asc" } });
    expect(shown).toEqual([{ prefix: "(given)" }, { prefix: secret.slice(0, 7) }]);
  });

  test("with another value revokes the earlier one, and a revoked one never comes back", async () => {
    await ensureInitialKey(database.db, SECRET);
    expect(await ensureInitialKey(database.db, OTHER)).toEqual({ state: "made", replaced: 1 });
    const keys = keysOf();
    expect(await holds(keys, SECRET)).toBeNull();
    expect(await holds(keys, OTHER)).not.toBeNull();
    expect(await ensureInitialKey(database.db, SECRET)).toEqual({ state: "revoked", replaced: 1 });
    expect(await holds(keysOf(), SECRET)).toBeNull();
    const revoked = (await acts()).filter(({ action }) => action === "api-key.revoke");
    expect(revoked).toHaveLength(2);
  });

  test("leaves keys that people made alone", async () => {
    const { secret } = await issueKey(database.db, { name: "till", scopes: ["ingest"] }, "cli:tester");
    await ensureInitialKey(database.db, SECRET);
    expect(await ensureInitialKey(database.db, secret)).toEqual({ state: "another", replaced: 1 });
    expect(await holds(keysOf(), secret)).toMatchObject({ name: "till", scopes: ["ingest"] });
  });
});
