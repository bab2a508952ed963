import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderEvent } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { fen, order, pageView, premiumChange } from "#testing/factories/events.ts";
import { TEST_VAULT } from "#testing/harness/writer-harness.ts";
import { decodePayload, encodePayload, orderAt } from "./log-payload.ts";

const text = fc.option(
  fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.constantFrom("\u{feff}", "\u{feff}138")),
);
const amount = fc.option(fc.bigInt({ min: -999_999_999_999_999_999n, max: 999_999_999_999_999_999n }));
const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const anyOrder: fc.Arbitrary<OrderEvent> = fc.record({
  userId: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  orderNo: fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
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

test("orders come back from the log as they went in, run by run", () => {
  const anyRun = fc.record({
    acceptedAt: time,
    eventClock: fc.boolean(),
    events: fc.array(anyOrder, { maxLength: 70 }),
  });
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 1, maxLength: 3 }), (runs) => {
      const given = runs.map((run) => ({ ...run, events: columnsOf(run.events) }));
      const decoded = decodePayload("orders", encodePayload("orders", given, TEST_VAULT), TEST_VAULT);
      expect(decoded.map((run) => ({ ...run, events: [...run.events] }))).toEqual(runs);
      const all = runs.flatMap((run) => run.events);
      expect(all.map((_, index) => orderAt(decoded, index))).toEqual(all);
      expect(() => orderAt(decoded, all.length)).toThrow("no order");
    }),
  );
});

test("orders that were logged before they were columns are still read", () => {
  const { userId, orderNo, gmtModified } = order();
  const rows = [[userId, orderNo, gmtModified, "100.00", "138", "term", 5, null, "Li", null, 7]];
  const plain = JSON.stringify([[1_000, 1, rows]]);
  const payload = TEST_VAULT.seal(zstdCompressSync(plain), "event_log");
  const [run] = decodePayload("orders", payload, TEST_VAULT);
  expect(run).toMatchObject({ acceptedAt: 1_000, eventClock: true });
  expect([...(run?.events ?? [])]).toEqual([
    order({
      payable: fen("100"),
      customerTel: "138",
      orderType: "term",
      payTime: 5,
      customerName: "Li",
      gmtCreated: 7,
    }),
  ]);
});

test("the other streams come back as they went in", () => {
  const views = [{ acceptedAt: 5, eventClock: false, events: [pageView(), pageView({ accountId: null })] }];
  expect(decodePayload("page_views", encodePayload("page_views", views, TEST_VAULT), TEST_VAULT)).toEqual(
    views,
  );
  const changes = [{ acceptedAt: 5, eventClock: true, events: [premiumChange({ nowInfo: "a\nb" })] }];
  const payload = encodePayload("premium_changes", changes, TEST_VAULT);
  expect(decodePayload("premium_changes", payload, TEST_VAULT)).toEqual(changes);
});
