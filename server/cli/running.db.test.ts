import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, startRealServer } from "#testing/harness/real-server.ts";
import { startTestServer, type TestServer } from "#testing/harness/writer-harness.ts";

/** The command line beside a running server: it sends what a sender would, and both read it alike (C13). */

const NOW = Date.now();
let postgres: TestServer;
let server: RealServer;
let client: pg.Client;
let folder: string;
let url: string;
let ingestKey: string;
let listKey: string;

beforeAll(async () => {
  postgres = await startTestServer();
  url = await postgres.freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "tidewatch-running-"));
  await chmod(folder, 0o755);
  server = await startRealServer(folder, { DATABASE_URL: url });
  client = new pg.Client({ connectionString: url });
  await client.connect();
  ingestKey = (await cli(["api-key", "create", "--name", "sender", "--scope", "ingest"])).out.trim();
  listKey = (await cli(["api-key", "create", "--name", "lists", "--scope", "key-users"])).out.trim();
}, 120_000);
afterAll(async () => {
  await client?.end();
  await server?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

function cli(args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: url, PORT: new URL(server.address).port };
  return new Promise((resolve) => {
    execFile(process.execPath, ["server/cli/main.ts", ...args], { env }, (failure, out, error) =>
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error }),
    );
  });
}

function post(path: string, key: string, body: Buffer, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.address}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: new Uint8Array(body),
  });
}

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const deadLetters = async () =>
  (await client.query("SELECT line, code, field, message FROM dead_letter ORDER BY line")).rows;

const ROWS = Array.from({ length: 30 }, (_, index) => `${index},N${index},${NOW - index},1.5`);
ROWS[4] = '4,"N4,1,1';
ROWS[9] = "9,N9,soon,1";
ROWS[15] = ",,,";
ROWS[20] = "20,N20";
const ORDERS = Buffer.from(` id ,order_no,gmt_modified, account_payble\r\n${ROWS.join("\r")}`);

test("a replayed file leaves the dead letters that the same body leaves, by the lines of the file", async () => {
  const packed = Buffer.concat([gzipSync(ORDERS.subarray(0, 300)), gzipSync(ORDERS.subarray(300))]);
  const sent = await post("/ingest/orders", ingestKey, packed, {
    "content-type": "Text/CSV",
    "content-encoding": "x-gzip",
  });
  const answer = (await sent.json()) as Record<string, unknown>;
  expect(answer).toMatchObject({ received: 29, accepted: 26 });
  const left = await deadLetters();
  expect(left).toMatchObject([
    { line: 6, code: "bad_type" },
    { line: 11, code: "bad_time" },
    { line: 22, code: "bad_type" },
  ]);
  await client.query("TRUNCATE dead_letter");

  const path = await file("orders.csv.gz", packed);
  const { code, out } = await cli(["replay", path, "--stream", "orders", "--batch", "3"]);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { received: 29, accepted: 26, rejected: answer.rejected, rejectedOmitted: 0 },
  ]);
  expect(await deadLetters()).toEqual(left);
});

test("a list imported over both entry points says the same, packed or not", async () => {
  const list = Buffer.from('id,raw_premium,raw_info\r7,100,"a\nb"\r\n8,-0.001,x\n9,1,2,3\n,,\n10,5,\n');
  const path = await file("list.csv.zst", zstdCompressSync(list));
  const { out } = await cli(["key-users", "import", path, "--dry-run"]);
  // The command line also tells how it read the file: a spreadsheet may have written it.
  const { reading, ...told } = JSON.parse(out);
  expect(reading).toMatchObject({ encoding: "utf-8", separator: "comma" });
  expect(told).toMatchObject({
    added: 2,
    rejected: [
      { line: 4, code: "bad_amount", field: "raw_premium" },
      { line: 5, code: "bad_type", field: null },
    ],
  });
  for (const [encoding, body] of [
    ["identity", list],
    ["gzip", gzipSync(list)],
    ["zstd", zstdCompressSync(list)],
  ] as const) {
    const headers = { "content-type": "TEXT/csv; charset=utf-8", "content-encoding": encoding };
    const answer = await post("/api/v1/key-users/imports?dryRun=true", listKey, body, headers);
    expect(await answer.json()).toEqual({ ...told, reading: null });
  }
});

test("a list that unpacks to far more than it is is refused at once, and others are served meanwhile", async () => {
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
  const headers = { "content-type": "text/csv", "content-encoding": "gzip" };
  const bombs = Array.from({ length: 4 }, () => post("/api/v1/key-users/imports", listKey, bomb, headers));
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
  for (const answer of await Promise.all(bombs)) expect(answer.status).toBe(413);
});
