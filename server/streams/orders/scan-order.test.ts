import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderEvent } from "#server/contracts/events.ts";
import { LINE_FIELDS } from "#server/contracts/line-fields.ts";
import { OrderColumnsBuilder } from "#server/contracts/order-columns-builder.ts";
import { LineFault } from "#server/reader/fault.ts";
import { parseJson } from "#server/reader/json.ts";
import { isRecord } from "#server/reader/records.ts";
import { at } from "#testing/factories/events.ts";
import { garbageLine, randomOf } from "#testing/factories/garbage.ts";
import { OrderScanner } from "./scan-order.ts";
import { validateOrder } from "./validate-order.ts";

const FIELDS = LINE_FIELDS.orders.map(({ name }) => name);
const NOW = at("11-22 12:00");
const BOUNDS = { latest: NOW };
const RUNS = { numRuns: process.env.LONG ? 200_000 : 10_000 };

/** What the long way says; null where it rejects the line or counts an unknown field. */
function theLongWay(line: string): OrderEvent | null {
  try {
    const record = parseJson(line);
    if (!isRecord(record) || Object.keys(record).some((name) => !FIELDS.includes(name))) return null;
    return validateOrder(record, BOUNDS);
  } catch (error) {
    if (error instanceof LineFault || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What the scanner makes of a line; null where it leaves it to the long way. */
function scanned(line: string): OrderEvent | null {
  const builder = new OrderColumnsBuilder(1);
  const bytes = Buffer.from(`x${line}y`);
  const isTaken = new OrderScanner(builder, BOUNDS).takes(bytes, 1, bytes.length - 1);
  expect(builder.length).toBe(isTaken ? 1 : 0);
  return isTaken ? builder.columns().at(0) : null;
}

function expectSame(line: string): void {
  const order = scanned(line);
  if (order) expect(order, line).toEqual(theLongWay(line));
}

const ORDINARY =
  `{"id":7,"order_no":"A1","order_type":"年金","pay_time":"${NOW}","order_price":"12.5","customer_name":null,` +
  `"customer_tel":"13800000001","certificate_no":"","gmt_created":null,"gmt_modified":${NOW},"account_payble":-0.07}`;

test.each([
  ["of the source", ORDINARY],
  ["with spaces after commas and colons", ORDINARY.replaceAll(/([,:])"/g, '$1 "')],
  ["with only what is required", `{"gmt_modified":"${NOW}","order_no":"x","id":"9223372036854775"}`],
])("an ordinary line %s needs no parser, and gives the same event", (_, line) => {
  expect(scanned(line)).not.toBeNull();
  expect(scanned(line)).toEqual(theLongWay(line));
});

/** Values at the edge of every rule, as JSON. */
const value = fc.oneof(
  fc.constantFrom(
    ...[
      "null",
      "true",
      "[]",
      "{}",
      '""',
      '"0"',
      "0",
      "-0",
      "-0.0",
      "00",
      "01",
      '"007"',
      "1.",
      ".5",
      "1e3",
      '"1e3"',
    ],
    ...[
      "0.005",
      "-0.005",
      '"0.005"',
      "12.30",
      '"-12.3"',
      '"+1"',
      '" 1"',
      "90071992547409.91",
      "90071992547409.92",
    ],
    ...[
      "999999999999999",
      "1000000000000000",
      "9007199254740993",
      '"9223372036854775807"',
      '"9223372036854775808"',
    ],
    ...['"999999999999999.99"', '"9999999999999999.99"', "123456789012345.67", String(NOW), String(NOW + 1)],
    ...[
      '"a\\u0000"',
      '"a\\n"',
      '"a\tb"',
      '"\\ud800"',
      '"é\u{1F600}"',
      `"${"x".repeat(256)}"`,
      `"${"x".repeat(257)}"`,
    ],
    ...[
      `"${"y".repeat(4_096)}"`,
      `"${"y".repeat(4_097)}"`,
      '"unterminated',
      "946684799999",
      "946684800000",
      "-1",
    ],
  ),
  fc.integer().map(String),
  fc.float({ noNaN: true }).map((number) => JSON.stringify(number)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat({ max: 999 }))
    .map((parts) => parts.join(".")),
  fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
  fc.string().map((text) => `"${text}"`),
);
const field = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...FIELDS) },
  { weight: 1, arbitrary: fc.constantFrom("unknown", "__proto__", "ID", "id ", "") },
);
const SEPARATORS = fc.constantFrom(",", ",", ",", ", ", " ,", ",,", "");

/** An ordinary line of which some fields are replaced, moved, doubled or left out. */
const nearlyOrdinary = fc
  .tuple(
    fc.array(fc.tuple(field, value, SEPARATORS), { maxLength: 4 }),
    fc.shuffledSubarray(ORDINARY.slice(1, -1).split(/,(?=")/)),
    fc.constantFrom("{", "{", "{", " {", "[", ""),
    fc.constantFrom("}", "}", "}", " }", "}}", "} x", ""),
  )
  .map(([given, ordinary, open, close]) => {
    const replaced = given.map(([name, text, separator]) => `"${name}":${text}${separator}`).join("");
    const names = new Set(given.map(([name]) => name));
    const rest = ordinary.filter((each) => !names.has(each.slice(1, each.indexOf('"', 1))));
    return `${open}${replaced}${rest.join(",")}${close}`;
  });

test("what is scanned is what parsing and validating give, on lines at the edge of every rule", {
  tags: "slow",
}, () => {
  fc.assert(fc.property(nearlyOrdinary, expectSame), RUNS);
});

test("one value of one field at a time: the same event, or the long way", { tags: "slow" }, () => {
  const change = fc.tuple(fc.constantFrom(...FIELDS), value);
  fc.assert(
    fc.property(change, ([name, text]) => {
      const line = ORDINARY.replace(new RegExp(`"${name}":[^,}]*`), () => `"${name}":${text}`);
      expectSame(line);
    }),
    RUNS,
  );
});

test("garbage is left to the long way", { tags: "slow" }, () => {
  const random = randomOf(7);
  for (let count = 0; count < 20_000; count++) expectSame(String(garbageLine(random)));
});
