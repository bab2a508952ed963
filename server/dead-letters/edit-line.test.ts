import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNdjson } from "../reader/ndjson.ts";
import { bodyOf, editLine } from "./edit-line.ts";

const edited = (line: string | Buffer, fields: Record<string, string | null>) =>
  editLine("orders", Buffer.from(line), fields).toString();

describe("an edited line", () => {
  test("keeps what was not replaced, digit by digit, unknown fields too", () => {
    const line = '{"id":12345678901234567890,"account_payble":1e2,"customer_tel":"138","coupon":1.50}';
    expect(edited(line, { id: "7" })).toBe(
      '{"id":"7","account_payble":1e2,"customer_tel":"138","coupon":1.50}',
    );
  });

  test("loses a field that is taken away, and is written anew where there was no JSON", () => {
    expect(edited('{"id":1,"customer_tel":"138"}', { customer_tel: null })).toBe(
      '{"id":1,"customer_tel":null}',
    );
    expect(edited("{broken", { id: "7" })).toBe('{"id":"7"}');
    expect(edited("[1]", { id: "7" })).toBe('{"id":"7"}');
  });

  test("never sends on what was no UTF-8 (nobody would see that it changed)", () => {
    const line = Buffer.concat([Buffer.from('{"customer_name":"'), Buffer.of(0xcd, 0xf5), Buffer.from('"}')]);
    expect(() => edited(line, { id: "7" })).toThrow(/customer_name/);
    expect(edited(line, { customer_name: "王" })).toBe('{"customer_name":"王"}');
  });

  test("takes fields of its stream alone", () => {
    expect(() => edited("{}", { __proto__x: "1" })).toThrow(/no such field/);
  });
});

describe("a body of letters", () => {
  test("has one record a letter, whatever their bytes", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 20 }),
            fc.constantFrom(" ", "", "\n", "\r\n", "{\n}").map((text) => Buffer.from(text)),
          ),
        ),
        (lines) => {
          const records = [...readNdjson(bodyOf(lines.map((line) => Buffer.from(line))))];
          expect(records.map((record) => "line" in record && record.line)).toEqual(
            lines.map((_, at) => at + 1),
          );
        },
      ),
    );
  });

  test("leaves JSON that was written over several lines as it is", () => {
    const pretty = JSON.stringify({ id: "7", order_no: "A\n1" }, null, 2);
    const [record] = [...readNdjson(bodyOf([Buffer.from(pretty)]))];
    expect(record && "json" in record ? JSON.parse(record.json) : null).toEqual({
      id: "7",
      order_no: "A\n1",
    });
  });
});
