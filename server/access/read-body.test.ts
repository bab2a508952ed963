import { describe, expect, test } from "vitest";
import { parseJsonBody } from "./read-body.ts";

const parse = (text: string) => parseJsonBody(Buffer.from(text));

describe("a JSON body", () => {
  test.each([
    ['{"a":1e3}', { a: 1000 }],
    ['{"a":88.10,"b":-0.5}', { a: 88.1, b: -0.5 }],
    ['{"a":9007199254740991}', { a: Number.MAX_SAFE_INTEGER }],
    ['{"a":"4503599627370497.5"}', { a: "4503599627370497.5" }],
    ["", {}],
  ])("%s is what it says", (text, body) => {
    expect(parse(text)).toEqual(body);
  });

  test.each([
    "4503599627370497.5",
    "1.00000000000000000001",
    "1.00499999999999999999",
    "9007199254740993",
    "1e400",
    "1e-400",
  ])("a number that would be another one is refused by its field, not rounded: %s", (number) => {
    expect(() => parse(`{"rows":[{"userId":${number}}]}`)).toThrow(
      "userId: the number loses digits; send it as a text.",
    );
  });

  test("letters of another encoding are refused, not replaced (case 07)", () => {
    const gbk = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xcd, 0xf5]), Buffer.from('"}')]);
    expect(() => parseJsonBody(gbk)).toThrow("The body is not UTF-8.");
  });

  test.each(['{"a":"\\u0000"}', '{"a":"\\ud800"}', "{", "nul"])("%s is refused", (text) => {
    expect(() => parse(text)).toThrow();
  });
});
