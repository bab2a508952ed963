import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openIngestHarness } from "#testing/harness/ingest-harness.ts";
import { PATIENCE } from "#testing/harness/patience.ts";
import {
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { makePartitionsAhead } from "../db/partitions.ts";
import { comparison } from "../orders/comparison.ts";
import { hourly } from "../orders/hourly.ts";
import { verifyDay } from "../orders/verify-day.ts";

/** C1, O1, O6: the 29th of February is a day of its own, between its neighbours, from the wire to its final figures. */

const DAYS = ["2028-02-28", "2028-02-29", "2028-03-01"] as const;
const LEAP = DAYS[1];
const HOUR_MS = 3_600_000;

let server: TestServer;
let pool: pg.Pool;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
  url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  await makePartitionsAhead(pool, LEAP);
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

/** One user in each hour, and one at each of the day's ends. */
const linesOf = (date: string) => {
  const [start, end] = [TEST_TIME.startOf(date), TEST_TIME.endOf(date)];
  const times = [start, ...Array.from({ length: 24 }, (_, hour) => start + hour * HOUR_MS + 1), end - 1];
  return times.map((time, index) =>
    JSON.stringify({
      id: index + 1,
      order_no: `${date}-${index}`,
      gmt_modified: time,
      account_payble: "1.00",
    }),
  );
};

test("29 February 2028: ingest, figures, close, verification", async () => {
  let clock = TEST_TIME.endOf(LEAP) - 1;
  const writer = await startTestWriter(url, 100_000, TEST_TIME, {
    dayCloseAfterHours: 24,
    now: () => clock,
  });
  const harness = await openIngestHarness(writer, () => clock);
  const post = (lines: readonly string[]) =>
    harness.post("orders", Buffer.from(lines.join("\n")), { "content-type": "application/x-ndjson" });
  const ctx = { pool, epoch: "test", time: TEST_TIME, cipher: TEST_CIPHER, now: () => clock };
  const wholeDay = { closed: false, hours: expect.objectContaining({ length: 24 }) };

  expect((await post(linesOf("2028-02-28"))).dispositions.applied).toBe(26);
  expect((await post(linesOf(LEAP))).dispositions.applied).toBe(26);
  clock = TEST_TIME.endOf("2028-03-01") - 1;
  expect((await post(linesOf("2028-03-01"))).dispositions).toMatchObject({ applied: 26, late: 0 });
  for (const date of DAYS.slice(1)) {
    const day = await hourly(ctx, { date });
    expect(day).toMatchObject(wholeDay);
    expect(day.hours.map(({ totalPremium }) => totalPremium)).toEqual([
      "2.00",
      ...Array(22).fill("1.00"),
      "2.00",
    ]);
  }
  expect(await comparison(ctx, { date: "2028-03-01", with: "yesterday", minute: 1440 })).toMatchObject({
    days: [LEAP],
    totals: { totalPremium: "26.00", policyCount: 26 },
  });

  clock = TEST_TIME.endOf(LEAP) + 24 * HOUR_MS;
  const [first = ""] = linesOf(LEAP);
  expect((await post([first.replace("1.00", "9.00")])).dispositions.late).toBe(1);
  await vi.waitFor(async () => expect((await hourly(ctx, { date: LEAP })).closed).toBe(true), PATIENCE);
  const { rows } = await pool.query(
    "SELECT to_char(biz_date, 'YYYY-MM-DD') AS date, revision FROM order_day ORDER BY 1",
  );
  expect(rows).toEqual(DAYS.map((date) => ({ date, revision: date === "2028-03-01" ? 0 : 1 })));
  for (const date of DAYS)
    expect(await verifyDay(ctx, date)).toMatchObject({ orders: 26, hours: 24, differences: [] });
  harness.close();
  await writer.stop();
});
