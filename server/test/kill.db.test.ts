import { randomInt } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asTsv, readLines, readTable, recordedFolder, sorted } from "./golden.ts";
import { type RealServer, startRealServer, withDatabaseOf } from "./real-server.ts";

/**
 * C9, C10, C12: the real server on a real PostgreSQL, killed with SIGKILL at random moments while several senders send
 * at once and repeat what was not acknowledged. Afterwards the tables are those of a server that never died.
 */

const KEY = "kill-test-key-0123456789abcdef";
const KILLS = process.env.LONG ? 40 : 5;
const STREAMS = ["orders", "premium-changes", "page-views"] as const;
type Stream = (typeof STREAMS)[number];

let dataDir: string;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-kill-"));
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (): Promise<RealServer> => startRealServer(dataDir, { INIT_API_KEY: KEY });

/** Sends one body until it is acknowledged; a dead, starting or busy server is asked again. */
async function deliver(stream: Stream, lines: readonly string[], clock: number): Promise<number> {
  for (;;) {
    const answer = await fetch(`${server.address}/ingest/${stream}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${KEY}`,
        "content-type": "application/x-ndjson",
        "tidewatch-clock": `event; from=${clock}`,
      },
      body: lines.join("\n"),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null);
    if (answer?.ok) return ((await answer.json()) as { clock: number }).clock;
    if (answer && ![429, 503].includes(answer.status))
      throw new Error(`${answer.status}: ${await answer.text()}`);
    await pause(50);
  }
}

/** One sender: its lines in order, in batches of random size. */
async function send(stream: Stream, lines: readonly string[]): Promise<void> {
  let clock = 0;
  for (let start = 0; start < lines.length; ) {
    const size = randomInt(1, 60);
    clock = await deliver(stream, lines.slice(start, start + size), clock);
    start += size;
    delivered += 1;
  }
}
let delivered = 0;

async function importKeyUsers(): Promise<void> {
  const rows = readLines(recordedFolder(), "key-users").map(
    (line) => JSON.parse(line) as Record<string, string>,
  );
  const csv = [
    "id,raw_premium,raw_info",
    ...rows.map((row) => `${row.id},${row.raw_premium},${row.raw_info ?? ""}`),
  ];
  const answer = await fetch(`${server.address}/api/v1/key-users/imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "text/csv" },
    body: csv.join("\n"),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

test(`kill -9 at ${KILLS} random moments: nothing acknowledged is lost, nothing counts twice`, async () => {
  server = await start();
  await importKeyUsers();
  const folder = recordedFolder();
  const orders = readLines(folder, "orders");
  const half = Math.ceil(orders.length / 2);
  let isSending = true;
  const sending = Promise.all([
    send("orders", orders.slice(0, half)),
    send("orders", orders.slice(half)),
    send("premium-changes", readLines(folder, "premium-changes")),
    send("page-views", readLines(folder, "page-views")),
  ]).finally(() => {
    isSending = false;
  });
  let kills = 0;
  while (kills < KILLS && isSending) {
    const before = delivered;
    // A random moment within real work: some batches after the last kill, and a random part of a commit.
    while (isSending && delivered < before + 5) await pause(5);
    await pause(randomInt(0, 40));
    await server.kill();
    kills += 1;
    server = await start();
  }
  await sending;
  expect(kills).toBe(KILLS);
  await server.stop(); // a clean stop writes the state rows
  await withDatabaseOf(dataDir, (url) => expectTables(url, folder));
});

async function expectTables(url: string, folder: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url });
  const rows = async (text: string) =>
    sorted(((await pool.query({ text, rowMode: "array" })).rows as unknown[][]).map(asTsv));
  expect(
    await rows(
      `SELECT biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt FROM hour_figure`,
    ),
  ).toEqual(readTable(folder, "hourly"));
  expect(
    await rows(
      "SELECT user_id, event_time, baseline_before, amount_now, info_before, info_now FROM occurrence WHERE 'step' = ANY (rules)",
    ),
  ).toEqual(readTable(folder, "occurrences"));
  expect(await rows("SELECT id, raw_premium, raw_info FROM adm_zy_acct_sub_wechat_list")).toEqual(
    readTable(folder, "key-users-after"),
  );
  expect(await rows("SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log")).toEqual(
    readTable(folder, "last-pages"),
  );
  // C7: every stream's dispositions add up; its log holds each accepted event once, without a gap.
  const sums = await pool.query(
    `SELECT s.name, s.received - (applied + superseded + duplicate + late + not_key_user + anonymous + rejected) AS missing,
       s.next_seq - 1 - (SELECT coalesce(sum(count), 0) FROM event_log l WHERE l.stream = s.name) AS unlogged FROM stream s`,
  );
  for (const row of sums.rows)
    expect([row.name, Number(row.missing), Number(row.unlogged)]).toEqual([row.name, 0, 0]);
  await pool.end();
}
