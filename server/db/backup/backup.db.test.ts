import { type ChildProcess, fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { zstdCompressSync } from "node:zlib";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { faultProcess } from "#testing/faults/fault-process.ts";
import { openIngestHarness } from "#testing/harness/ingest-harness.ts";
import {
  counts,
  startTestServer,
  startTestWriter,
  TEST_BACKUP_KEY,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { asTsv, readLines, recordingFolder } from "#testing/recorded/recordings.ts";
import { databaseEpoch } from "../epoch.ts";
import { migrationOf, readMigrations } from "../migrations.ts";
import { backUp } from "./backup.ts";
import { BackupKey } from "./backup-key.ts";
import { encodeJson, FORMAT } from "./format.ts";
import { restore } from "./restore.ts";
import { seal } from "./sealing.ts";
import { tablesInOrder } from "./tables.ts";

const STREAM_NAMES = ["orders", "premium-changes", "page-views"] as const;
const WIRE = { format: "ndjson", encoding: "identity" } as const;
const LINES = 150;

let server: TestServer;
let scratch: string;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
  scratch = await mkdtemp(join(tmpdir(), "tidewatch-backup-"));
});
afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true, force: true });
});
beforeEach(async () => {
  url = await server.freshDatabase();
});

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Some of every stream, key users that alert, dead letters, a person. */
async function fill(databaseUrl: string, from = 0): Promise<Record<string, number>[]> {
  await withClient(databaseUrl, async (client) => {
    for (const line of readLines(recordingFolder(), "key-users")) {
      const { id, raw_premium, raw_info } = JSON.parse(line) as Record<string, string>;
      await client.query(
        "INSERT INTO key_user (user_id, raw_premium, raw_info, updated_by) VALUES ($1, $2, $3, 'test') ON CONFLICT DO NOTHING",
        [id, raw_premium, raw_info],
      );
    }
  });
  const writer = await startTestWriter(databaseUrl);
  const harness = await openIngestHarness(writer, Date.now);
  const told: Record<string, number>[] = [];
  for (const stream of STREAM_NAMES) {
    const lines = readLines(recordingFolder(), stream).slice(from, from + LINES);
    const answer = await harness.send(
      stream,
      [...lines.map((line) => JSON.parse(line) as unknown), { id: "x" }],
      WIRE,
    );
    told.push(counts({ ...answer, firstSeq: null, lastSeq: null }));
  }
  harness.close();
  await writer.stop();
  return told;
}

/** Every row of every table, but what a restore changes on purpose. */
async function contents(databaseUrl: string): Promise<Record<string, string[]>> {
  return withClient(databaseUrl, async (client) => {
    const tables: Record<string, string[]> = {};
    for (const { name } of await tablesInOrder(client)) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM "${name}" t WHERE NOT ($1 = 'setting' AND to_jsonb(t)->>'key' = 'epoch')`,
        [name],
      );
      tables[name] = rows.map(({ row }) => row).sort();
    }
    const sequences = await client.query({
      text: "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
      rowMode: "array",
    });
    tables.sequences = (sequences.rows as unknown[][]).map(asTsv);
    return tables;
  });
}

async function backedUp(databaseUrl: string, name: string): Promise<string> {
  const path = join(scratch, name);
  await backUp(databaseUrl, createWriteStream(path), { key: TEST_BACKUP_KEY, now: Date.now });
  return path;
}

const restored = (databaseUrl: string, path: string, force = false) =>
  restore(databaseUrl, () => createReadStream(path), { force, keys: [TEST_BACKUP_KEY] });

describe("a backup", () => {
  test("restored into an empty database gives the same rows, and a history of its own", async () => {
    await fill(url);
    const before = await contents(url);
    expect(Object.keys(before).filter((name) => before[name]?.length)).toEqual(
      expect.arrayContaining([
        "event_log",
        "hour_figure",
        "last_order",
        "last_page",
        "occurrence",
        "dead_letter",
      ]),
    );
    const epochOf = async (databaseUrl: string) => {
      const pool = new pg.Pool({ connectionString: databaseUrl });
      return databaseEpoch(pool).finally(() => pool.end());
    };
    const epoch = await epochOf(url);
    const path = await backedUp(url, "whole");
    const target = await server.freshDatabase();
    await restored(target, path);
    expect(await contents(target)).toEqual(before);
    expect(await epochOf(target)).not.toBe(epoch);
  });

  test("goes on as if nothing had happened: events sent again change nothing, new ones count (C9, C12)", async () => {
    await fill(url);
    const path = await backedUp(url, "goes-on");
    const target = await server.freshDatabase();
    await restored(target, path);
    for (const told of await fill(target)) expect(told.applied ?? 0).toBe(0);
    const [onTarget, onSource] = [await fill(target, LINES), await fill(url, LINES)];
    expect(onTarget).toEqual(onSource);
    const figures = async (databaseUrl: string) => (await contents(databaseUrl)).hour_figure?.length;
    expect(await figures(target)).toBe(await figures(url));
  });

  test("of an older version is brought up to date in the same go", async () => {
    await fill(url);
    const path = await backedUp(url, "older");
    const target = await server.freshDatabase();
    const later = migrationOf(
      "29990101000000_later",
      "ALTER TABLE stream ADD COLUMN doubled bigint; UPDATE stream SET doubled = 2 * received",
    );
    const migrations = [...(await readMigrations()), later];
    const report = await restore(target, () => createReadStream(path), {
      force: false,
      keys: [TEST_BACKUP_KEY],
      migrations,
    });
    expect(report.upgraded).toEqual([later.name]);
    const { rows } = await withClient(target, (client) =>
      client.query(
        "SELECT count(*)::int AS streams FROM stream WHERE doubled = 2 * received AND received > 0",
      ),
    );
    expect(rows).toEqual([{ streams: 3 }]);
    for (const told of await fill(target)) expect(told.applied ?? 0).toBe(0);
  });

  test("taken while events come in holds one instant: log, counters and figures agree", async () => {
    const filling = fill(url);
    const path = await backedUp(url, "living");
    await filling;
    const target = await server.freshDatabase();
    await restored(target, path);
    const [missing] = await withClient(
      target,
      async (client) =>
        (
          await client.query(
            `SELECT count(*)::int AS streams FROM stream s WHERE next_seq - 1 <>
             (SELECT coalesce(sum(count), 0) FROM event_log l WHERE l.stream = s.name)`,
          )
        ).rows,
    );
    expect(missing).toEqual({ streams: 0 });
  });
});

describe("a restore refuses", () => {
  test("a database that holds data, unless it is told to replace it", async () => {
    await fill(url);
    const path = await backedUp(url, "filled");
    const target = await server.freshDatabase();
    await fill(target, LINES);
    const held = await contents(target);
    await expect(restored(target, path)).rejects.toMatchObject({ code: "database_filled" });
    expect(await contents(target)).toEqual(held);
    await restored(target, path, true);
    expect(await contents(target)).toEqual(await contents(url));
  });

  test("a database on which a system works", async () => {
    const path = await backedUp(url, "at-work");
    const writer = await startTestWriter(url);
    await expect(restored(url, path, true)).rejects.toMatchObject({ code: "system_running" });
    await writer.stop();
  });

  test.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.8))],
    ["changed in the middle", (bytes: Buffer) => flipped(bytes, Math.floor(bytes.length / 2))],
    ["changed somewhere", (bytes: Buffer) => flipped(bytes, randomInt(0, bytes.length))],
    ["of something else", () => Buffer.from("PK\u0003\u0004 not a backup at all")],
    ["encrypted, but of something else", () => sealed(Buffer.from("not a backup at all"))],
    ["packed and encrypted, but of something else", () => sealed(zstdCompressSync(Buffer.from("no backup")))],
    ["empty", () => Buffer.alloc(0)],
    ["without an end", () => sealed(zstdCompressSync(header({})))],
    ["of another format", () => sealed(zstdCompressSync(header({ format: FORMAT + 1 })))],
    ["of a newer version", () => madeBy({ name: "29990101000000_future", checksum: "" })],
    ["of a build with other tables", async () => madeBy({ ...(await readMigrations())[0], checksum: "" })],
  ])("a file that is %s, even by force, and changes nothing", async (name, damage) => {
    const whole = await readFile(await backedUp(url, "to-damage"));
    const path = join(scratch, `damaged-${name}`);
    await writeFile(path, await damage(whole));
    const held = await contents(url);
    await expect(restored(url, path, true)).rejects.toMatchObject({ code: "bad_backup" });
    expect(await contents(url)).toEqual(held);
  });

  test.each([
    [
      "of another key",
      async () => {
        const key = new BackupKey("a key that nobody here has, of 32 characters", "BACKUP_KEY");
        const path = join(scratch, "other-key");
        await backUp(url, createWriteStream(path), { key, now: Date.now });
        return path;
      },
      /encrypted under the key [0-9a-f]{16}, but TEST_SECRET gives [0-9a-f]{16}\. Set BACKUP_KEY/,
    ],
    [
      "not encrypted",
      async () => {
        const path = join(scratch, "plain");
        await writeFile(path, zstdCompressSync(header({})));
        return path;
      },
      /not encrypted: Tidewatch makes no such backups/,
    ],
  ])("a file that is %s, and says what to do", async (_what, made, words) => {
    await fill(url);
    const path = await made();
    const held = await contents(url);
    await expect(restored(url, path, true)).rejects.toThrow(words);
    expect(await contents(url)).toEqual(held);
  });

  test("a source that cannot be read", async () => {
    const broken = () => {
      const source = new Readable({
        read: () => source.destroy(Object.assign(new Error("EIO"), { syscall: "read" })),
      });
      return source;
    };
    await expect(restore(url, broken, { force: true, keys: [TEST_BACKUP_KEY] })).rejects.toThrow("EIO");
  });
});

describe("kill -9 in the middle of a restore", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  test.each([
    ["before the first row", () => 0],
    ["among the rows", (length: number) => Math.floor(length / 2)],
    ["before the last byte", (length: number) => length - 1],
  ])("%s: the database is as it was, works, and can be restored into again", async (_when, bytesOf) => {
    await fill(url);
    const path = await backedUp(url, "to-die-with");
    const target = await server.freshDatabase();
    await fill(target, LINES);
    const held = await contents(target);
    const script = faultProcess("restore-process.ts");
    const bytes = String(bytesOf((await stat(path)).size));
    child = fork(script, [target, path, bytes], { execPath: process.execPath });
    await once(child, "message");
    const dead = once(child, "exit");
    child.kill("SIGKILL");
    await dead;
    expect(await contents(target)).toEqual(held);
    for (const told of await fill(target, LINES)) expect(told.applied ?? 0).toBe(0);
    await restored(target, path, true);
    expect(await contents(target)).toEqual(await contents(url));
  });
});

const header = (given: object): Buffer =>
  encodeJson("H", {
    format: FORMAT,
    madeAt: new Date(0).toISOString(),
    migrations: [],
    sequences: {},
    leaseEpoch: "0",
    ...given,
  });

const madeBy = (migration: object) => sealed(zstdCompressSync(header({ migrations: [migration] })));

const sealed = (plain: Buffer): Promise<Buffer> =>
  buffer(seal(Readable.from([plain]), TEST_BACKUP_KEY) as AsyncIterable<Buffer>);

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
