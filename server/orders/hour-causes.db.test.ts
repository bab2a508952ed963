import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at, order } from "#testing/factories/events.ts";
import {
  batchOf,
  startTestServer,
  startTestWriter,
  TEST_CIPHER,
  TEST_TIME,
  type TestServer,
} from "#testing/harness/writer-harness.ts";
import { WalkedHour } from "#testing/oracle/hour-causes.ts";
import type { Actor } from "../access/can.ts";
import { addDays } from "../contracts/business-time.ts";
import type { OrderEvent } from "../contracts/events.ts";
import { formatFen } from "../contracts/money.ts";
import type { Writer } from "../engine/writer.ts";
import type { CausingOrder, HourCause } from "../streams/orders/operator/hour-causes.ts";
import { readDayOrders } from "../streams/orders/tables/day-orders.ts";
import { applyLateOrders } from "./apply-late-orders.ts";
import { hourCauses } from "./hour-causes.ts";

/** O8: what each commit kept of the causes equals what the whole log tells, whatever the batches. */

const DATE = "2026-11-22";
const CLOSED = at("11-24 08:00");
const ANNA: Actor = { kind: "person", id: "anna", name: "Anna", role: "administrator", sessionId: "s" };

let server: TestServer;
let pool: pg.Pool;
let writer: Writer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  const url = await server.freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  writer = await startTestWriter(url, 100_000, TEST_TIME, { dayCloseAfterHours: 24 });
});
afterEach(async () => {
  await writer.stop();
  await pool.end();
});

const ctx = () => ({
  pool,
  cipher: TEST_CIPHER,
  time: TEST_TIME,
  now: () => CLOSED,
  publish: () => undefined,
});

const orders = fc.array(
  fc
    .record({
      user: fc.integer({ min: 1, max: 9 }),
      orderNo: fc.constantFrom("A1", "A2", "B1", "保单\t1"),
      minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      payable: fc.option(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), { nil: null }),
    })
    .map(({ user, orderNo, minute, payable }) =>
      order({
        userId: String(user),
        orderNo,
        gmtModified: at("11-22 00:00") + minute * 60_000,
        payable,
      }),
    ),
  { minLength: 1, maxLength: 120 },
);

async function send(events: readonly OrderEvent[], acceptedAt: number, size: number): Promise<void> {
  for (let start = 0; start < events.length; start += size) {
    await writer.submit(batchOf("orders", events.slice(start, start + size), { acceptedAt }));
  }
}

/** Every page of an hour, a few causes at a time. */
async function kept(bizHour: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof hourCauses>> = await hourCauses(ctx(), bizHour, {
      limit: 7,
      ...(cursor ? { cursor } : {}),
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** The same from the log alone. */
async function told(bizHour: string, day = DATE): Promise<unknown[]> {
  const walked = new WalkedHour(bizHour);
  for await (const { event, seq } of readDayOrders(pool, TEST_CIPHER, TEST_TIME, day)) {
    walked.add({ event, seq, bizHour: TEST_TIME.hourOf(event.gmtModified) });
  }
  return walked.causes.reverse().map(itemOf);
}

const partOf = ({ orderNo, payable, at: time }: CausingOrder) => ({
  orderNo,
  payable: payable === null ? null : formatFen(payable),
  at: new Date(time).toISOString(),
});

const itemOf = ({ kind, userId, order: side, other, seq }: HourCause) => ({
  kind,
  userId,
  ...partOf(side),
  other: other && { ...partOf(other), bizHour: TEST_TIME.hourOf(other.at) },
  seq: String(seq),
});

async function compareAllHours(): Promise<void> {
  for (let hour = 0; hour < 24; hour += 1) {
    const bizHour = `${DATE.replaceAll("-", "")}${String(hour).padStart(2, "0")}`;
    expect(await kept(bizHour)).toEqual(await told(bizHour));
  }
}

test("kept by each commit, and taken in by a revision: equal to a walk of the whole log", async () => {
  const [early, late] = fc.sample(fc.tuple(orders, orders), { numRuns: 1, seed: 20261123 })[0] ?? [[], []];
  await send(early, at("11-22 23:59"), 11);
  await compareAllHours();
  await send(late, CLOSED, 50);
  await compareAllHours();
  await expect
    .poll(
      async () =>
        (
          await pool.query(
            "SELECT 1 FROM stream WHERE name = 'orders' AND covered_position >= (SELECT max(position) FROM event_log)",
          )
        ).rowCount,
    )
    .toBe(1);
  await applyLateOrders(ctx(), ANNA, { date: DATE, seen: 1, reason: "told late" });
  await compareAllHours();
});

test("large commits, whose winners are told from their log row, page by page", async () => {
  const events = Array.from({ length: 900 }, (_, n) =>
    order({
      userId: String((n * 7) % 150),
      orderNo: `N${n}`,
      gmtModified: at("11-22 10:00") + ((n * 7_919) % 120) * 60_000 + n,
      payable: BigInt(n),
    }),
  );
  await send(events, at("11-22 23:59"), 400);
  await compareAllHours();
});

test("a payload of another kind is refused in words", async () => {
  await send([order({ gmtModified: at("11-22 10:00") })], at("11-22 23:59"), 1);
  await pool.query("UPDATE hour_cause SET payload = '\\x07'");
  await expect(kept("2026112210")).rejects.toThrow("causes of the kind 7 are not known to this version");
});

test("random days in random batches, a restart between them", async () => {
  let day = DATE;
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000);
  await fc.assert(
    fc.asyncProperty(
      orders,
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      async (events, size, replayed) => {
        day = addDays(day, -1);
        const shifted = events.map((event) => ({
          ...event,
          gmtModified: event.gmtModified - TEST_TIME.startOf(DATE) + TEST_TIME.startOf(day),
        }));
        await send(shifted, TEST_TIME.endOf(day) - 1, size);
        if (replayed) {
          await pool.query("UPDATE stream SET covered_position = 0");
          await writer.stop();
          writer = await startTestWriter(pool.options.connectionString ?? "", 100_000, TEST_TIME);
        }
        const hours = new Set(shifted.map((event) => TEST_TIME.hourOf(event.gmtModified)));
        for (const bizHour of hours) {
          expect(await kept(bizHour)).toEqual(await told(bizHour, day));
        }
      },
    ),
    { numRuns: process.env.LONG ? 300 : 12, seed },
  );
}, 120_000);
