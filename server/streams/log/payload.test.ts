import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderEvent } from "#server/contracts/events.ts";
import { columnsOf } from "#server/contracts/order-columns-builder.ts";
import { pageView, premiumChange } from "#testing/factories/events.ts";
import { TEST_CIPHER } from "#testing/harness/writer-harness.ts";
import { ORDER_CODEC, orderAt } from "../orders/order-codec.ts";
import { PAGE_VIEW_CODEC } from "../page-views/page-view-codec.ts";
import { PREMIUM_CHANGE_CODEC } from "../premium-changes/premium-change-codec.ts";
import { decodePayload, encodePayload } from "./payload.ts";

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
      const decoded = decodePayload(ORDER_CODEC, encodePayload(ORDER_CODEC, given, TEST_CIPHER), TEST_CIPHER);
      expect(decoded.map((run) => ({ ...run, events: [...run.events] }))).toEqual(runs);
      const all = runs.flatMap((run) => run.events);
      expect(all.map((_, index) => orderAt(decoded, index))).toEqual(all);
      expect(() => orderAt(decoded, all.length)).toThrow("no order");
    }),
  );
});

test("orders of another kind are refused in words, not read as something else", () => {
  const plain = ORDER_CODEC.encode([{ acceptedAt: 5, eventClock: false, events: columnsOf([]) }]);
  plain[0] = 3;
  expect(() => ORDER_CODEC.decode(plain)).toThrow("orders of the kind 3 are not known to this version");
});

test("the other streams come back as they went in", () => {
  const views = [{ acceptedAt: 5, eventClock: false, events: [pageView(), pageView({ accountId: null })] }];
  expect(
    decodePayload(PAGE_VIEW_CODEC, encodePayload(PAGE_VIEW_CODEC, views, TEST_CIPHER), TEST_CIPHER),
  ).toEqual(views);
  const changes = [{ acceptedAt: 5, eventClock: true, events: [premiumChange({ nowInfo: "a\nb" })] }];
  const payload = encodePayload(PREMIUM_CHANGE_CODEC, changes, TEST_CIPHER);
  expect(decodePayload(PREMIUM_CHANGE_CODEC, payload, TEST_CIPHER)).toEqual(changes);
});
