import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { startTestServer, TEST_CIPHER, type TestServer } from "../harness/writer-harness.ts";
import { asTsv, RECORDINGS, readLines, readTable, recordingFolder, sorted } from "../recorded/recordings.ts";

/** C11, C12 and every rule of the tables, on recorded days: the whole path from a file to PostgreSQL. */

const run = promisify(execFile);
const STREAM_NAMES = ["orders", "premium-changes", "page-views"] as const;
type Stream = (typeof STREAM_NAMES)[number];

const folders = RECORDINGS.map((name) => ({ name, folder: recordingFolder(name) }));

let server: TestServer;
let scratch: string;
beforeAll(async () => {
  server = await startTestServer();
  scratch = await mkdtemp(join(tmpdir(), "tidewatch-replay-"));
});
afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true, force: true });
});

async function loadKeyUsers(pool: pg.Pool, folder: string): Promise<void> {
  const rows = readLines(folder, "key-users").map((text, index) => {
    const { id, raw_premium, raw_info } = JSON.parse(text) as Record<string, unknown>;
    const cells = { id: String(id), raw_premium: String(raw_premium), raw_info: raw_info as string | null };
    return { line: index + 1, cells };
  });
  if (rows.length === 0) return;
  const given = { pool, cipher: TEST_CIPHER, now: Date.now, publish: () => undefined };
  const ctx = { ...given, config: { MAX_FUTURE_SKEW_MS: 300_000 } };
  const options = { dryRun: false, skipRejected: false };
  expect((await importKeyUsers(ctx, { id: "test" }, rows, options)).added).toBe(rows.length);
}

/** "hard" is three days in one shuffle; a year that is shuffled has all its days open at once (rule O6). */
const daysOpenFor = (path: string): string => (path.includes("/hard/") ? "96" : "87840");

async function replay(databaseUrl: string, path: string, stream: Stream, batch: string): Promise<void> {
  const args = [
    "server/cli/main.ts",
    "replay",
    path,
    "--stream",
    stream,
    "--clock",
    "event",
    "--batch",
    batch,
  ];
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: scratch,
    DAY_CLOSE_AFTER_HOURS: daysOpenFor(path),
    PORT: "2",
    SECRET_KEY: "x".repeat(40),
  };
  const { stdout } = await run(process.execPath, args, { env });
  const answer = JSON.parse(stdout) as {
    received: number;
    accepted: number;
    dispositions: Record<string, number>;
  };
  expect(answer.dispositions.rejected).toBe(0);
  expect(Object.values(answer.dispositions).reduce((sum, count) => sum + count, 0)).toBe(answer.received);
}

const QUERIES: Readonly<Record<string, string>> = {
  hourly: `SELECT h.biz_hour, h.total_premium, h.policy_cnt, h.policy_holder_cnt, h.gross_premium, h.gross_order_cnt
    FROM hour_figure h`,
  occurrences:
    "SELECT user_id, event_time, baseline_before, amount_now, info_before, info_now FROM occurrence WHERE 'step' = ANY (rules)",
  "key-users-after": "SELECT id, raw_premium, raw_info FROM adm_zy_acct_sub_wechat_list",
  "last-pages": "SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log",
};

async function expectTables(pool: pg.Pool, folder: string): Promise<void> {
  for (const [table, query] of Object.entries(QUERIES)) {
    const expected = readTable(folder, table);
    if (!expected) continue;
    const { rows } = await pool.query({ text: query, rowMode: "array" });
    expect(sorted((rows as unknown[][]).map(asTsv)), table).toEqual(expected);
  }
  // O9: the original's view shows exactly the hours that have winners, with the same figures.
  const { rows } = await pool.query(
    `SELECT count(*)::int AS differences FROM hour_figure h FULL JOIN adm_pfm_zy_order_gmv_msx_hs v ON v.biz_date = h.biz_hour
     WHERE (h.winner_cnt > 0) <> (v.biz_date IS NOT NULL) OR v.total_premium <> h.total_premium`,
  );
  expect(rows[0].differences).toBe(0);
}

/** K10: each user's newest occurrence. */
async function expectNewestOccurrences(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    `SELECT (SELECT count(DISTINCT user_id) FROM occurrence WHERE 'step' = ANY (rules))::int AS users, (SELECT count(*) FROM wechat_activity_user)::int AS shown`,
  );
  expect(rows[0].shown).toBe(rows[0].users);
}

/** The same lines in another order, in a file of their own; premium changes keep theirs (rule K3). */
async function shuffled(folder: string, stream: Stream, seed: number): Promise<string> {
  const lines = readLines(folder, stream);
  const [mixed = lines] =
    stream === "premium-changes"
      ? [lines]
      : fc.sample(fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }), {
          seed,
          numRuns: 1,
        });
  const path = join(scratch, `${stream}-${seed}.ndjson.gz`);
  await writeFile(path, gzipSync(mixed.join("\n"), { level: 1 }));
  return path;
}

describe.each(folders)("the recorded days $name", ({ folder }) => {
  test("replayed in one piece give every row of every table", async () => {
    const url = await server.freshDatabase();
    const pool = new pg.Pool({ connectionString: url });
    await loadKeyUsers(pool, folder);
    for (const stream of STREAM_NAMES) {
      if (readLines(folder, stream).length === 0) continue;
      await replay(url, join(folder, `${stream}.ndjson.gz`), stream, "100000");
    }
    await expectTables(pool, folder);
    await expectNewestOccurrences(pool);
    await pool.end();
  });

  test("replayed in random small batches, orders and page views shuffled, give the same", async () => {
    const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : Math.floor(Math.random() * 2 ** 31);
    console.info(`shuffled with seed ${seed} (FC_SEED replays it)`);
    const url = await server.freshDatabase();
    const pool = new pg.Pool({ connectionString: url });
    await loadKeyUsers(pool, folder);
    for (const stream of STREAM_NAMES) {
      if (readLines(folder, stream).length === 0) continue;
      await replay(url, await shuffled(folder, stream, seed), stream, "1-400");
    }
    await expectTables(pool, folder);
    await pool.end();
  });
});
