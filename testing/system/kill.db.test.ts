import { randomInt } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dyingAt, FAULT_POINTS, type FaultPoint } from "#server/lib/fault-points.ts";
import { type RealServer, startRealServer, withDatabaseOf } from "../harness/real-server.ts";
import { asTsv, readLines, readTable, recordingFolder, sorted } from "../recorded/recordings.ts";

/**
 * C9, C10, C12: the real server on a real PostgreSQL, killed with SIGKILL at named places around the commit and at random
 * moments, while several senders send at once and repeat what was not acknowledged. Afterwards the tables are those of a
 * server that never died.
 */

const KEY = "kill-test-key-0123456789abcdef01";
/** Deaths at each named place and at random moments, and how often the recorded days are lived through. */
const EACH = process.env.LONG ? 2 : 1;
const RANDOM = process.env.LONG ? 9 : 5;
const ROUNDS = process.env.LONG ? 8 : 1;
const DEATHS: readonly (FaultPoint | null)[] = [
  ...FAULT_POINTS.flatMap((point) => Array.from({ length: EACH }, () => point)),
  ...Array.from({ length: RANDOM }, () => null),
];
/** Places that not every commit comes to. */
const RARE: ReadonlySet<FaultPoint> = new Set(["lease-taken", "in-flush"]);
/** Few lines a body, so that the recorded days last for all deaths. */
const BODY_LINES = 6;
/** Accounts beside the recorded ones: so many new pages that they are written behind. */
const PROBE = "probe-";
const PROBE_LINES = 400;
const STREAM_NAMES = ["orders", "premium-changes", "page-views"] as const;
type Stream = (typeof STREAM_NAMES)[number];

let dataDir: string;
let server: RealServer;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tidewatch-kill-"));
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (environment: Readonly<Record<string, string>> = {}): Promise<RealServer> =>
  startRealServer(dataDir, { INIT_API_KEY: KEY, ...environment });

/**
 * Dies at this place of its own accord, within the first commits of its life; on the way up when the place is there.
 * @returns everything that it has said
 */
async function dieAt(point: FaultPoint, sending: Promise<unknown>): Promise<string> {
  const times = RARE.has(point) ? 1 : randomInt(1, 4);
  const doomed = await start({ FAULT_AT: `${point}:${times}` }).catch((error: Error) => error);
  if (doomed instanceof Error) return doomed.message; // it did not live to be ready
  server = doomed;
  if (point === "in-flush") await provokeFlush();
  await Promise.race([doomed.ended, sending]);
  return doomed.output();
}

/** Nobody asks what became of this body: the server is about to die of it. */
async function provokeFlush(): Promise<void> {
  const lines = Array.from({ length: PROBE_LINES }, () =>
    JSON.stringify({ log_time: Date.UTC(2026, 0, 1), account_id: `${PROBE}${crypto.randomUUID()}` }),
  );
  await fetch(`${server.address}/ingest/page-views`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/x-ndjson" },
    body: lines.join("\n"),
  }).catch(() => null);
}

/** Dies within real work: some batches after its start, and a random part of a commit. */
async function dieAtRandom(isSending: () => boolean): Promise<void> {
  server = await start();
  const before = delivered;
  while (isSending() && delivered < before + 5) await pause(5);
  await pause(randomInt(0, 40));
  await server.kill();
}

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
    const size = randomInt(1, BODY_LINES);
    clock = await deliver(stream, lines.slice(start, start + size), clock);
    start += size;
    delivered += 1;
  }
}
let delivered = 0;

async function importKeyUsers(): Promise<void> {
  const rows = readLines(recordingFolder(), "key-users").map(
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

const title = `${DEATHS.length} deaths around the commit: nothing acknowledged is lost, nothing counts twice`;
test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(`${title} (%i)`, async () => {
  server = await start();
  await importKeyUsers();
  await server.kill();
  const folder = recordingFolder();
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
  let deaths = 0;
  for (const point of shuffled(DEATHS)) {
    if (!isSending) break;
    if (point === null) await dieAtRandom(() => isSending);
    else expect(await dieAt(point, sending), point).toContain(dyingAt(point));
    deaths += 1;
  }
  server = await start();
  await sending;
  expect(deaths, "the recorded days were long enough").toBe(DEATHS.length);
  await server.stop(); // a clean stop writes the state rows
  await withDatabaseOf(dataDir, (url) => expectTables(url, folder));
});

function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(0, left.length), 1));
}

async function expectTables(url: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows = async (text: string) =>
    sorted(((await client.query({ text, rowMode: "array" })).rows as unknown[][]).map(asTsv));
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
  expect(
    await rows(
      `SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log WHERE account_id NOT LIKE '${PROBE}%'`,
    ),
  ).toEqual(readTable(folder, "last-pages"));
  // C7: every stream's dispositions add up; its log holds each accepted event once, without a gap.
  const sums = await client.query(
    `SELECT s.name, s.received - (applied + superseded + duplicate + late + not_key_user + anonymous + rejected) AS missing,
       s.next_seq - 1 - (SELECT coalesce(sum(count), 0) FROM event_log l WHERE l.stream = s.name) AS unlogged FROM stream s`,
  );
  for (const row of sums.rows)
    expect([row.name, Number(row.missing), Number(row.unlogged)]).toEqual([row.name, 0, 0]);
  await client.end();
}
