import { setTimeout as timeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { HourAggregate } from "#server/contracts/committed.ts";
import type { OrderEvent } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { NaiveDay } from "#server/orders/naive-day.ts";
import { applyOne } from "#testing/factories/days.ts";
import { at, fen, order } from "#testing/factories/events.ts";
import { startTestServer, TEST_CIPHER, TEST_TIME, type TestServer } from "#testing/harness/writer-harness.ts";
import { VECTOR } from "../operator/hash-slots.ts";
import { OrderRefs } from "../operator/order-refs.ts";
import { loadDay } from "./load-day.ts";
import { insertGrossOrders, insertLastOrders, replaceLastOrders } from "./order-rows.ts";
import { writeLastOrders } from "./order-state.ts";
import { BLOCK_ROWS } from "./personal-blocks.ts";

/** A day from its state rows (C12), however they were written: alone, or with many. */

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
beforeEach(() => client.query("BEGIN; TRUNCATE last_order, personal_block, gross_order"));

const load = () => loadDay(client, DATE, TEST_TIME, TEST_CIPHER);

function refsOf(orders: readonly OrderEvent[]): OrderRefs {
  const source = { orders: columnsOf(orders), firstSeq: 1n };
  const refs = new OrderRefs();
  for (const index of orders.keys()) refs.add(source, index);
  return refs;
}

/** Every third has no telephone, every fifth that of its neighbour. */
const orders = Array.from({ length: 2 * BLOCK_ROWS + 9 }, (_, index) =>
  order({
    userId: String(index),
    orderNo: `B${index}`,
    payable: fen(`${index}.07`),
    customerTel: index % 3 === 0 ? null : `138${index % 5 === 0 ? index - 1 : index}`,
    customerName: index % 7 === 0 ? null : "é王",
  }),
);
const later = (event: OrderEvent, customerTel: string | null): OrderEvent => ({
  ...event,
  gmtModified: at("11-22 11:00"),
  customerTel,
});

const byHour = (a: HourAggregate, b: HourAggregate) => Number(a.bizHour) - Number(b.bizHour);

const insert = (given: readonly OrderEvent[]) => insertLastOrders(client, DATE, refsOf(given), TEST_CIPHER);
const alone = (given: readonly OrderEvent[]) =>
  writeLastOrders(
    client,
    given.map((event, index) => ({ bizDate: DATE, event, seq: BigInt(index) })),
    TEST_CIPHER,
  );

test("has the figures and the winners that it had: rows alone, in blocks, and each replaced by the other way", async () => {
  const [few, many] = [orders.slice(0, 5), orders.slice(5)];
  const [toMany, toAlone] = [later(orders[1] as OrderEvent, "139"), later(orders[9] as OrderEvent, null)];
  await alone(few);
  await insert(many);
  await insertGrossOrders(client, DATE, refsOf(orders));
  await replaceLastOrders(client, DATE, refsOf([toMany]), TEST_CIPHER);
  await alone([toAlone]);

  const expected = new NaiveDay(TEST_TIME);
  for (const event of [...orders, toMany, toAlone]) expected.add(event);
  const loaded = await load();
  for (const event of [toMany, toAlone]) applyOne(loaded, event, TEST_TIME); // their gross orders were not stored
  expect(loaded.hours().sort(byHour)).toEqual(expected.hours());
  for (const event of [...orders.filter((_, index) => index !== 1 && index !== 9), toMany, toAlone]) {
    expect(applyOne(loaded, event, TEST_TIME).disposition, `order ${event.orderNo}`).toBe("duplicate");
  }
  const greater = later(orders[9] as OrderEvent, "0");
  expect(applyOne(loaded, greater, TEST_TIME).disposition).toBe("applied"); // O2: its telephone decides
});

test("a block in which nobody has a telephone is loaded like any other", async () => {
  const without = orders.slice(0, 3).map((event) => ({ ...event, customerTel: null }));
  await insert(without);
  await insertGrossOrders(client, DATE, refsOf(without));
  const expected = new NaiveDay(TEST_TIME);
  for (const event of without) expected.add(event);
  expect((await load()).hours()).toEqual(expected.hours());
});

test("a day of more rows than are read, or found, together is loaded whole", async () => {
  const many = Array.from({ length: 3 * VECTOR + 7 }, (_, index) =>
    order({
      userId: String(index * 1_000_003),
      orderNo: `B-${"é".repeat(index % 40)}${index}`,
      gmtModified: at("11-22 08:00") + (index % 600) * 60_000,
      payable: index % 11 === 0 ? null : fen(`${index % 977}.50`),
      customerTel: index % 3 === 0 ? null : `138${index % 500}`,
    }),
  );
  await insert(many);
  await insertGrossOrders(client, DATE, refsOf(many));
  const expected = new NaiveDay(TEST_TIME);
  for (const event of many) expected.add(event);
  expect((await load()).hours().sort(byHour)).toEqual(expected.hours());
});

test("says which block of personal data is missing, rather than count fewer people", async () => {
  await insert(orders);
  await client.query("DELETE FROM personal_block WHERE id = (SELECT max(id) FROM personal_block)");
  await expect(load()).rejects.toThrow(/personal_block \d+ of 2026-11-22 is missing/);
});

test("a load that fails in the midst of its rows leaves its connection fit for use", async () => {
  const many = Array.from({ length: 400 * BLOCK_ROWS }, (_, index) => order({ userId: String(index) }));
  await insert(many);
  const stranger = new FieldCipher("another secret, longer than thirty-two characters too");
  await expect(loadDay(client, DATE, TEST_TIME, stranger)).rejects.toThrow();
  const answer = await Promise.race([client.query("SELECT 1 AS one"), timeout(5_000, null)]);
  expect(answer?.rows).toEqual([{ one: 1 }]);
});
