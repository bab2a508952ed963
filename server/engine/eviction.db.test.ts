import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { at } from "#testing/factories/events.ts";
import {
  startTestServer,
  startTestWriter,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { hourlyTable, type OrderLine, winnersOf } from "#testing/oracle/orders.ts";
import { lastPagesTable, type PageLine } from "#testing/oracle/page-views.ts";
import { asTsv, sorted } from "#testing/recorded/recordings.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import type { Writer } from "./writer.ts";

/**
 * O1–O5, O7, P3, C6: what was evicted is loaded again when an event needs it. Memory holds next to nothing here, so each
 * batch finds the days and pages of the ones before it gone.
 */

/** Days read from the database. Files before this one have read the modules; what is mocked must be read anew. */
const loads = vi.hoisted((): string[] => {
  vi.resetModules();
  return [];
});
afterAll(() => void vi.resetModules());
vi.mock("../streams/orders/tables/load-day.ts", async (importOriginal) => {
  const { loadDay } = await importOriginal<typeof import("../streams/orders/tables/load-day.ts")>();
  return {
    loadDay: (...args: Parameters<typeof loadDay>) => {
      loads.push(args[1]);
      return loadDay(...args);
    },
  };
});

const ZONE = TEST_TIME.zone;
const RESIDENCY = { orders: 4, pages: 3 };
const DATES = ["11-18", "11-19", "11-20", "11-21", "11-22"];
const BATCHES = process.env.LONG ? 240 : 60;
const CLOCK = { kind: "wall", now: at("11-23 00:00"), skewMs: 0 } as const;

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url, 100_000, TEST_TIME, { residency: RESIDENCY });
});
afterEach(async () => {
  await writer.stop();
  await pool.end();
});

const moment = fc
  .tuple(fc.integer({ min: 8, max: 10 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const orderLine = (date: string) =>
  fc
    .record({
      id: fc.integer({ min: 1, max: 6 }).map(String),
      order_no: fc.integer({ min: 1, max: 8 }).map((n) => `N${n}`),
      clock: moment,
      account_payble: fc.constantFrom("0.01", "10.00", "99.99", null),
      customer_tel: fc.constantFrom("138", "139", null),
    })
    .map(({ clock, ...line }): OrderLine => ({ ...line, gmt_modified: at(`${date} ${clock}`) }));
const pageLine = fc
  .record({
    account_id: fc.integer({ min: 1, max: 12 }).map((n) => `a${n}`),
    device_id: fc.constantFrom("d1", "d2"),
    page_name: fc.constantFrom("Term life", "Claim", null),
    second: fc.integer({ min: 0, max: 59 }),
  })
  .map(({ second, ...line }): PageLine => ({ ...line, log_time: at("11-22 10:00") + second * 1_000 }));

/** One or two days a batch, so that the others are out of use. */
const batch = fc.record({
  orders: fc
    .uniqueArray(fc.constantFrom(...DATES), { minLength: 1, maxLength: 2 })
    .chain((dates) =>
      fc.array(fc.oneof(...dates.map((date) => orderLine(date))), { minLength: 1, maxLength: 8 }),
    ),
  pages: fc.array(pageLine, { minLength: 8, maxLength: 20 }),
});

/** More orders than a commit writes at once: they wait in memory to be written behind. */
const crowdOf = (index: number): OrderLine[] =>
  Array.from({ length: 250 }, (_, n) => ({
    id: String(100 + n),
    order_no: `C${n}`,
    gmt_modified: at(`${DATES[index % DATES.length]} 09:00`) + index,
    account_payble: "1.00",
    customer_tel: null,
  }));

async function send(stream: "orders" | "page_views", lines: readonly object[]): Promise<void> {
  const body = Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));
  const outcome = await writer.submit(await parseBatch(stream, "ndjson", body, CLOCK));
  expect(outcome.dispositions.rejected).toBe(0);
}

async function rows(text: string): Promise<string[]> {
  return sorted(((await pool.query({ text, rowMode: "array" })).rows as unknown[][]).map(asTsv));
}

/** Rows that wait to be written stay in memory whatever its size. */
const isWritten = () =>
  vi.waitFor(
    async () =>
      expect(
        await rows(
          `SELECT 1 FROM stream WHERE covered_position < (SELECT max(position) FROM event_log WHERE stream = name)`,
        ),
      ).toEqual([]),
    { timeout: 20_000, interval: 10 },
  );

test(`${BATCHES} batches, each of which finds others' days and pages gone: the tables are the oracle's`, async () => {
  const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : Date.now() % 2 ** 31;
  console.info(`FC_SEED=${seed}`);
  const orders: OrderLine[] = [];
  const pages: PageLine[] = [];
  for (const [index, each] of fc.sample(batch, { numRuns: BATCHES, seed }).entries()) {
    // Not each time: in between, days are found whose rows still wait to be written, and they must stay.
    const isQuiet = index % 6 >= 3;
    const lines = isQuiet ? each.orders : [...each.orders, ...crowdOf(index)];
    await send("orders", lines);
    // Visits go on with the day, so that each batch has new winners.
    const visits = each.pages.map((line) => ({ ...line, log_time: Number(line.log_time) + index * 10_000 }));
    await send("page_views", visits);
    orders.push(...lines);
    pages.push(...visits);
    await expectFigures(orders);
    if (isQuiet) await expectState(orders, pages);
  }
  const again = loads.length - new Set(loads).size;
  console.info(`${again} times a day was loaded again`);
  expect(again).toBeGreaterThan(BATCHES / 3);
});

const FIGURES = "biz_hour, total_premium, policy_cnt, policy_holder_cnt, gross_premium, gross_order_cnt";

async function expectFigures(orders: readonly OrderLine[]): Promise<void> {
  const stored = await rows(`SELECT ${FIGURES} FROM hour_figure WHERE winner_cnt > 0 OR gross_order_cnt > 0`);
  expect(stored).toEqual(sorted(hourlyTable(orders, ZONE).map(asTsv)));
}

async function expectState(orders: readonly OrderLine[], pages: readonly PageLine[]): Promise<void> {
  await isWritten();
  expect(await rows("SELECT user_id, order_no, gmt_modified FROM last_order")).toEqual(
    sorted(winnersOf(orders, ZONE).map((line) => asTsv([line.id, line.order_no, line.gmt_modified]))),
  );
  expect(await rows("SELECT account_id, device_id, bury_point_type, page_name FROM user_last_log")).toEqual(
    sorted(lastPagesTable(pages).map(asTsv)),
  );
}
