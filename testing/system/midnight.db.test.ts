import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Writer } from "#server/engine/writer.ts";
import { verifyDay } from "#server/orders/verify-day.ts";
import { at } from "../factories/events.ts";
import { type IngestHarness, openIngestHarness } from "../harness/ingest-harness.ts";
import {
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "../harness/writer-harness.ts";
import { hourlyTable, type OrderLine } from "../oracle/orders.ts";
import { asTsv, sorted } from "../recorded/recordings.ts";

/**
 * O1–O7, C9, C11: many senders at once while the clock crosses midnight. Orders of both dates come mixed, the day before yesterday
 * closes at that very moment, and its own orders keep coming: in time or late, as each sender is told.
 */

const SENDERS = 8;
const BODIES = process.env.LONG ? 400 : 50;
const BODY_LINES = 100;
const USERS = 3_000;
const MIDNIGHT = at("11-23 00:00");
const MINUTE_MS = 60_000;
const [CLOSING, YESTERDAY, TODAY] = ["2026-11-21", "2026-11-22", "2026-11-23"] as const;

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
let harness: IngestHarness;
/** Bodies under way or answered: the clock goes on with them, from a quarter before midnight to a quarter after it. */
let begun: number;
const clock = () => Math.floor(MIDNIGHT + (begun / (SENDERS * BODIES) - 0.5) * 30 * MINUTE_MS);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  begun = 0;
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url, 100_000, TEST_TIME, { dayCloseAfterHours: 24, now: clock });
  harness = await openIngestHarness(writer, clock);
});
afterEach(async () => {
  harness.close();
  await writer.stop();
  await pool.end();
});

/** The same numbers for the same seed (mulberry32). */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const lineOf = (draw: (below: number) => number, time: number): OrderLine => ({
  id: String(1 + draw(USERS)),
  order_no: `N${draw(4 * USERS)}`,
  gmt_modified: time,
  account_payble: `${draw(1_000)}.${draw(90) + 10}`,
  customer_tel: draw(5) === 0 ? null : `138${draw(USERS)}`,
});

const post = (lines: readonly OrderLine[]) =>
  harness.post("orders", Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n")), {
    "content-type": "application/x-ndjson",
  });

interface Sent {
  /** Of yesterday and today. */
  readonly lines: OrderLine[];
  /** Of the day that closes: each in a body of its own, so that the answer tells what became of it. */
  readonly inTime: OrderLine[];
  readonly late: OrderLine[];
}

/** One sender: bodies around the clock, every fifth sent again; between them orders of the closing day. */
async function send(seed: number): Promise<Sent> {
  const draw = drawer(seed);
  const sent: Sent = { lines: [], inTime: [], late: [] };
  for (let body = 0; body < BODIES; body += 1) {
    begun += 1;
    const now = clock();
    const lines = Array.from({ length: BODY_LINES }, () => lineOf(draw, now - draw(20 * MINUTE_MS)));
    expect((await post(lines)).dispositions.late).toBe(0);
    if (body % 5 === 0) expect((await post(lines)).dispositions.applied).toBe(0);
    sent.lines.push(...lines);
    const old = lineOf(draw, at("11-21 09:00") + draw(600 * MINUTE_MS));
    const { dispositions } = await post([old]);
    (dispositions.late === 1 ? sent.late : sent.inTime).push(old);
  }
  return sent;
}

const FIGURES = "total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt";

async function rows(text: string): Promise<string[]> {
  return sorted(((await pool.query({ text, rowMode: "array" })).rows as unknown[][]).map(asTsv));
}

test(`${SENDERS} senders, ${SENDERS * BODIES * BODY_LINES} orders, across midnight: the figures of each day are the oracle's`, async () => {
  const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : Date.now() % 2 ** 31;
  console.info(`FC_SEED=${seed}`);
  const all = await Promise.all(Array.from({ length: SENDERS }, (_, sender) => send(seed + sender)));
  const [lines, inTime, late] = [
    all.flatMap((sent) => sent.lines),
    all.flatMap((sent) => sent.inTime),
    all.flatMap((sent) => sent.late),
  ];
  const dates = Map.groupBy(lines, (line) => TEST_TIME.dateOf(Number(line.gmt_modified)));
  for (const date of [YESTERDAY, TODAY]) expect(dates.get(date)?.length).toBeGreaterThan(lines.length / 10);
  expect(Math.min(inTime.length, late.length)).toBeGreaterThan(SENDERS);

  const expected = hourlyTable([...inTime, ...lines], TEST_TIME.zone).map(asTsv);
  expect(await rows(`SELECT biz_hour, ${FIGURES} FROM hour_figure`)).toEqual(sorted(expected));
  const final = hourlyTable(inTime, TEST_TIME.zone).map(asTsv);
  expect(await rows(`SELECT biz_hour, ${FIGURES} FROM day_revision_hour`)).toEqual(sorted(final));
  expect(await rows("SELECT to_char(biz_date, 'YYYY-MM-DD'), revision FROM order_day")).toEqual([
    `${CLOSING}\t1`,
    `${YESTERDAY}\t0`,
    `${TODAY}\t0`,
  ]);
  expect(await rows("SELECT late FROM stream WHERE name = 'orders'")).toEqual([String(late.length)]);
  const ctx = { pool, epoch: "test", time: TEST_TIME, cipher: TEST_CIPHER };
  for (const date of [CLOSING, YESTERDAY, TODAY])
    expect((await verifyDay(ctx, date)).differences, date).toEqual([]);
});
