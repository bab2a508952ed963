import { expect, test } from "vitest";
import { at } from "#testing/factories/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import { LIMITS } from "../reader/limits.ts";
import { parseBatch } from "./parse-batch.ts";

const NOW = at("11-22 12:00");
const CLOCK = { kind: "wall", now: NOW, skewMs: 300_000 } as const;

const ORDER = { id: "7", order_no: "A1", gmt_modified: NOW };
const CHANGE = { id: "7", now_premium: "100", gmt_modified: NOW };
const VIEW = { log_time: NOW, account_id: "a1" };

/** JSON text of a record; a value in «» stands as it is. */
const line = (record: object): string => JSON.stringify(record).replace(/"«(.*?)»"/g, "$1");

type Case = readonly [
  why: string,
  stream: StreamName,
  body: string | Buffer,
  code: string,
  field: string | null,
];

const CASES: readonly Case[] = [
  ["half an object", "orders", '{"id":"7"', "bad_json", null],
  ["a number", "orders", "42", "bad_json", null],
  ["a number with an exponent", "orders", "1e5", "bad_json", null],
  ["an array", "orders", "[1e5]", "bad_json", null],
  ["null", "orders", "null", "bad_json", null],
  ["a second object on the line", "orders", `${line(ORDER)}${line(ORDER)}`, "bad_json", null],
  ["bytes that are no UTF-8", "orders", Buffer.from([0x7b, 0xff, 0x7d]), "bad_utf8", null],
  [
    "half of a surrogate pair",
    "orders",
    '{"id":"7","order_no":"\\ud83d","gmt_modified":1}',
    "bad_utf8",
    "order_no",
  ],
  ["no id", "orders", line({ ...ORDER, id: undefined }), "missing_field", "id"],
  ["null id", "orders", line({ ...ORDER, id: null }), "missing_field", "id"],
  ["empty id", "orders", line({ ...ORDER, id: "" }), "missing_field", "id"],
  ["no order number", "orders", line({ ...ORDER, order_no: null }), "missing_field", "order_no"],
  ["no time", "orders", line({ ...ORDER, gmt_modified: null }), "missing_field", "gmt_modified"],
  [
    "no premium at all",
    "premium_changes",
    line({ ...CHANGE, now_premium: undefined }),
    "missing_field",
    "now_premium",
  ],
  ["no log time", "page_views", line({ account_id: "a1" }), "missing_field", "log_time"],
  ["__proto__ gives no fields", "orders", `{"__proto__":${line(ORDER)}}`, "missing_field", "id"],
  ["a fraction as id", "orders", line({ ...ORDER, id: 1.5 }), "bad_type", "id"],
  ["a word as id", "orders", line({ ...ORDER, id: "seven" }), "bad_type", "id"],
  ["an id of 65 bits", "orders", line({ ...ORDER, id: "9223372036854775808" }), "bad_type", "id"],
  ["an object as id", "orders", line({ ...ORDER, id: {} }), "bad_type", "id"],
  ["a truth value as text", "orders", line({ ...ORDER, customer_name: true }), "bad_type", "customer_name"],
  ["a list as text", "page_views", line({ ...VIEW, page_name: ["home"] }), "bad_type", "page_name"],
  ["NUL in a text", "orders", line({ ...ORDER, customer_tel: "1\u00002" }), "bad_type", "customer_tel"],
  ["an object as amount", "orders", line({ ...ORDER, account_payble: {} }), "bad_type", "account_payble"],
  ["2^53 as a number", "orders", line({ ...ORDER, id: 2 ** 53 }), "unsafe_integer", "id"],
  ["2^63-1 as a number", "orders", line({ ...ORDER, id: "«9223372036854775807»" }), "unsafe_integer", "id"],
  ["a word as amount", "orders", line({ ...ORDER, account_payble: "free" }), "bad_amount", "account_payble"],
  [
    "a comma in an amount",
    "orders",
    line({ ...ORDER, order_price: "1,000.00" }),
    "bad_amount",
    "order_price",
  ],
  [
    "blank premium (K1)",
    "premium_changes",
    line({ ...CHANGE, now_premium: "  " }),
    "bad_amount",
    "now_premium",
  ],
  [
    "null premium (K1)",
    "premium_changes",
    line({ ...CHANGE, now_premium: null }),
    "bad_amount",
    "now_premium",
  ],
  [
    "negative premium (K1)",
    "premium_changes",
    line({ ...CHANGE, now_premium: "-1" }),
    "bad_amount",
    "now_premium",
  ],
  [
    "a little below zero (K1)",
    "premium_changes",
    line({ ...CHANGE, now_premium: -0.001 }),
    "bad_amount",
    "now_premium",
  ],
  [
    "not a number (K1)",
    "premium_changes",
    line({ ...CHANGE, now_premium: "NaN" }),
    "bad_amount",
    "now_premium",
  ],
  [
    "17 digits before the point",
    "orders",
    line({ ...ORDER, account_payble: "«10000000000000000»" }),
    "amount_out_of_range",
    "account_payble",
  ],
  [
    "1e400",
    "orders",
    line({ ...ORDER, account_payble: "«-1e400»" }),
    "amount_out_of_range",
    "account_payble",
  ],
  ["a date as time", "orders", line({ ...ORDER, gmt_modified: "2026-11-22" }), "bad_time", "gmt_modified"],
  ["half a millisecond", "orders", line({ ...ORDER, gmt_modified: NOW + 0.5 }), "bad_time", "gmt_modified"],
  ["an optional time", "orders", line({ ...ORDER, pay_time: "yesterday" }), "bad_time", "pay_time"],
  ["a time beyond any calendar", "orders", line({ ...ORDER, gmt_created: 9e15 }), "bad_time", "gmt_created"],
  [
    "1 ms beyond the skew (C8)",
    "orders",
    line({ ...ORDER, gmt_modified: NOW + 300_001 }),
    "event_in_future",
    "gmt_modified",
  ],
  [
    "seconds beyond the skew (C2, C8)",
    "page_views",
    line({ log_time: NOW / 1000 + 301 }),
    "event_in_future",
    "log_time",
  ],
  ["1999 (C8)", "orders", line({ ...ORDER, gmt_modified: 946684799999 }), "event_too_old", "gmt_modified"],
  ["a long line", "orders", line({ ...ORDER, note: "x".repeat(LIMITS.lineBytes) }), "too_long", null],
  [
    "a long text",
    "orders",
    line({ ...ORDER, customer_name: "x".repeat(LIMITS.fieldLength + 1) }),
    "too_long",
    "customer_name",
  ],
  [
    "a long key",
    "page_views",
    line({ ...VIEW, device_id: "x".repeat(LIMITS.keyLength + 1) }),
    "too_long",
    "device_id",
  ],
];

test.each(CASES)("%s (%s) → %4$s", async (_why, stream, body, code, field) => {
  const batch = await parseBatch(stream, "ndjson", Buffer.from(body), CLOCK);
  expect(batch.rejects).toMatchObject([{ line: 1, code, field }]);
  expect([batch.received, batch.events.length]).toEqual([1, 0]);
});

test("a bad line is refused alike as an element of an array", async () => {
  for (const [why, stream, body, code, field] of CASES) {
    if (why === "a second object on the line" || why === "half an object") continue; // break the array itself
    const array = Buffer.concat([Buffer.from("["), Buffer.from(body), Buffer.from("]")]);
    const batch = await parseBatch(stream, "json", array, CLOCK);
    expect(batch.rejects, why).toMatchObject([{ line: 1, code, field }]);
  }
});

test("what stands at the very edge is accepted", async () => {
  const edges = [
    { ...ORDER, gmt_modified: NOW + 300_000 },
    { ...ORDER, gmt_modified: 946684800000 },
    { ...ORDER, gmt_modified: String(NOW) },
    { ...ORDER, id: 2 ** 53 - 1 },
    { ...ORDER, id: "9223372036854775807" },
    { ...ORDER, id: "-9223372036854775808" },
    { ...ORDER, account_payble: "9999999999999999.99" },
    { ...ORDER, customer_name: "x".repeat(LIMITS.fieldLength) },
  ];
  const batch = await parseBatch("orders", "ndjson", Buffer.from(edges.map(line).join("\n")), CLOCK);
  expect(batch.rejects).toEqual([]);
  expect(batch.events.length).toBe(edges.length);
});

test("zero is a real premium, also written -0.00 (K1)", async () => {
  const zeros = ["0", "0.00", "-0.00", 0].map((now_premium) => line({ ...CHANGE, now_premium }));
  const { events } = await parseBatch("premium_changes", "ndjson", Buffer.from(zeros.join("\n")), CLOCK);
  expect(events.map((event) => event.nowPremium)).toEqual([0n, 0n, 0n, 0n]);
});
