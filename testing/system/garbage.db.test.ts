import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { IngestAnswer } from "#server/contracts/api/ingest.ts";
import type { Writer } from "#server/engine/writer.ts";
import { at } from "../factories/events.ts";
import { garbageBody, SECRET_TELEPHONE } from "../factories/garbage.ts";
import { type IngestHarness, openIngestHarness } from "../harness/ingest-harness.ts";
import { startTestServer, startTestWriter, type TestServer } from "../harness/writer-harness.ts";

const BODIES = process.env.LONG ? 500 : 50;
const LINES = 2_000;
const TOTAL = (BODIES * LINES).toLocaleString("en");
const SENDERS = 4;

let postgres: TestServer;
let writer: Writer;
let harness: IngestHarness;
let client: pg.Client;

beforeAll(async () => {
  postgres = await startTestServer();
  const url = await postgres.freshDatabase();
  client = new pg.Client({ connectionString: url });
  await client.connect();
  writer = await startTestWriter(url);
  harness = await openIngestHarness(writer, () => at("11-22 12:00"));
});

afterAll(async () => {
  harness.close();
  await writer.stop();
  await client.end();
  await postgres.stop();
});

const post = (body: Buffer): Promise<IngestAnswer> =>
  harness.post("orders", body, { "content-type": "application/x-ndjson" });

/** Garbage with one good order at its end. */
const bodyOf = (number: number): Buffer =>
  Buffer.concat([
    garbageBody(number, LINES),
    Buffer.from(
      `{"id":"${number}","order_no":"N${number}","gmt_modified":${at("11-22 11:30")},"account_payble":1}`,
    ),
  ]);

async function sendAll(): Promise<IngestAnswer[]> {
  const answers: IngestAnswer[] = [];
  const numbers = Array.from({ length: BODIES }, (_, index) => index + 1);
  const sender = async () => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      answers.push(await post(bodyOf(number)));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return answers;
}

test(`${TOTAL} malformed lines are as many dead letters, and the good ones beside them count (C7)`, async () => {
  const answers = await sendAll();
  for (const answer of answers) {
    expect(answer.received).toBe(LINES + 1);
    expect(answer.accepted + answer.dispositions.rejected).toBe(answer.received);
    expect(answer).toMatchObject({ accepted: 1, rejectedOmitted: LINES - 100 });
    expect(JSON.stringify(answer)).not.toContain(SECRET_TELEPHONE);
  }
  const { rows: streams } = await client.query(
    "SELECT received::int, applied::int, rejected::int FROM stream WHERE name = 'orders'",
  );
  expect(streams).toEqual([{ received: BODIES * (LINES + 1), applied: BODIES, rejected: BODIES * LINES }]);
  const { rows: deadLetters } = await client.query(
    `SELECT count(*)::int AS "deadLetters", count(*) FILTER (WHERE message LIKE $1)::int AS telling,
       count(*) FILTER (WHERE position($2::bytea IN payload) > 0)::int AS readable FROM dead_letter`,
    [`%${SECRET_TELEPHONE.slice(0, 5)}%`, Buffer.from(SECRET_TELEPHONE)],
  );
  expect(deadLetters).toEqual([{ deadLetters: BODIES * LINES, telling: 0, readable: 0 }]);
  const { rows: figures } = await client.query("SELECT * FROM adm_pfm_zy_order_gmv_msx_hs");
  expect(figures).toMatchObject([{ biz_date: "2026112211", total_premium: `${BODIES}.00` }]);
});
