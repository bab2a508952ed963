import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OrderEvent } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { fen, order } from "#testing/factories/events.ts";
import { startTestServer, TEST_CIPHER, type TestServer } from "#testing/harness/writer-harness.ts";
import { OrderRefs } from "../operator/order-refs.ts";
import {
  insertGrossOrders,
  insertLastOrders,
  replaceGrossOrders,
  replaceLastOrders,
  StateMismatch,
} from "./order-rows.ts";
import { openPersonal, SEALED_COLUMNS, SEALED_FROM } from "./personal-data.ts";

const DATE = "2026-11-22";

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  client = new pg.Client({ connectionString: await server.freshDatabase() });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});
beforeEach(() => client.query("TRUNCATE last_order, personal_block, gross_order"));

function refsOf(orders: readonly OrderEvent[], firstSeq = 1n): OrderRefs {
  const source = { orders: columnsOf(orders), firstSeq };
  const refs = new OrderRefs();
  orders.forEach((_, index) => {
    refs.add(source, index);
  });
  return refs;
}

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** Rows as any other reader finds them. */
async function lastOrders(date: string) {
  const { rows } = await client.query(
    `SELECT l.*, ${SEALED_COLUMNS} FROM ${SEALED_FROM} WHERE l.biz_date = $1`,
    [date],
  );
  return rows.map((row) => {
    const event: OrderEvent = {
      userId: row.user_id,
      orderNo: row.order_no,
      gmtModified: Number(row.gmt_modified),
      payable: row.payable === null ? null : fen(row.payable),
      ...openPersonal(row, TEST_CIPHER),
      orderType: row.order_type,
      payTime: row.pay_time === null ? null : Number(row.pay_time),
      orderPrice: row.order_price === null ? null : fen(row.order_price),
      gmtCreated: row.gmt_created === null ? null : Number(row.gmt_created),
    };
    return { event, seq: BigInt(row.seq) };
  });
}

async function grossOrders(date: string) {
  const { rows } = await client.query("SELECT * FROM gross_order WHERE biz_date = $1 ORDER BY order_no", [
    date,
  ]);
  return rows.map((row) => ({
    orderNo: row.order_no,
    gmtModified: Number(row.gmt_modified),
    payable: row.payable === null ? null : fen(row.payable),
    userId: row.user_id,
  }));
}

const text = fc.option(
  fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }).map((each) => each.replaceAll("\0", "")),
    fc.constantFrom("", "\u{feff}", "\u{feff}138"),
  ),
);
const amount = fc.option(
  fc.oneof(
    fc.bigInt({ min: -999_999_999_999_999_999n, max: 999_999_999_999_999_999n }),
    fc.bigInt({ min: -200n, max: 200n }),
    fc.constantFrom(1_000_000n, 999_999n, 100_000_000n, 2n ** 53n, 2n ** 53n - 1n, -(2n ** 53n)),
  ),
);
const time = fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 });
const anyOrder: fc.Arbitrary<OrderEvent> = fc.record({
  userId: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  orderNo: fc.stringMatching(/^\ufeff?[A-Z0-9é]{1,30}$/),
  gmtModified: time,
  payable: amount,
  customerTel: text,
  orderType: text,
  payTime: fc.option(time),
  orderPrice: amount,
  customerName: text,
  certificateNo: text,
  gmtCreated: fc.option(time),
});
const byUser = (a: { event: OrderEvent }, b: { event: OrderEvent }) =>
  a.event.userId < b.event.userId ? -1 : 1;

test("any orders are read back from their rows as they were, and so are those that replace them (C4, C5)", async () => {
  const orders = fc.uniqueArray(anyOrder, { selector: (each) => each.userId, minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(orders, anyOrder, async (given, next) => {
      await client.query("TRUNCATE last_order, personal_block");
      await inTransaction(() => insertLastOrders(client, DATE, refsOf(given), TEST_CIPHER));
      const rows = (events: readonly OrderEvent[], first: bigint) =>
        events.map((event, index) => ({ event, seq: first + BigInt(index) }));
      expect((await lastOrders(DATE)).sort(byUser)).toEqual(rows(given, 1n).sort(byUser));
      const later = given.map((each) => ({
        ...next,
        userId: each.userId,
        gmtModified: each.gmtModified + 1,
      }));
      await inTransaction(() => replaceLastOrders(client, DATE, refsOf(later, 9n), TEST_CIPHER));
      expect((await lastOrders(DATE)).sort(byUser)).toEqual(rows(later, 9n).sort(byUser));
    }),
    { numRuns: 60 },
  );
});

test("gross orders too (O7)", async () => {
  const first = [order({ orderNo: "A", payable: null }), order({ orderNo: "B", payable: fen("0.07") })];
  await inTransaction(() => insertGrossOrders(client, DATE, refsOf(first)));
  const next = first.map((each) => ({ ...each, payable: fen("123456789012345.67"), userId: "-9" }));
  await inTransaction(() => replaceGrossOrders(client, DATE, refsOf(next)));
  const expected = next.map(({ orderNo, gmtModified, payable, userId }) => ({
    orderNo,
    gmtModified,
    payable,
    userId,
  }));
  expect(await grossOrders(DATE)).toEqual(expected);
});

test("many rows go in several pieces, on several dates in one transaction", async () => {
  const many = Array.from({ length: 5_000 }, (_, index) =>
    order({ userId: String(index + 1), orderNo: `B${index}` }),
  );
  await inTransaction(async () => {
    for (const date of ["2026-11-21", DATE]) {
      await insertLastOrders(client, date, refsOf(many), TEST_CIPHER);
      await replaceLastOrders(client, date, refsOf(many), TEST_CIPHER);
    }
  });
  expect(await lastOrders(DATE)).toHaveLength(5_000);
  expect(await lastOrders("2026-11-21")).toHaveLength(5_000);
});

test("a row that is not where the memory knew it, or is greater, is told and nothing is written (C12)", async () => {
  const known = order({ gmtModified: 1_800_000_000_000 });
  const replace = (event: OrderEvent) =>
    inTransaction(() => replaceLastOrders(client, DATE, refsOf([event]), TEST_CIPHER));
  await expect(replace(known)).rejects.toThrow(StateMismatch);
  await inTransaction(() => insertLastOrders(client, DATE, refsOf([known]), TEST_CIPHER));
  await expect(replace({ ...known, gmtModified: known.gmtModified - 1 })).rejects.toThrow(StateMismatch);
  await expect(
    inTransaction(() => insertLastOrders(client, DATE, refsOf([known]), TEST_CIPHER)),
  ).rejects.toThrow(/duplicate key/);
  expect((await lastOrders(DATE)).map(({ event }) => event)).toEqual([known]);
});
