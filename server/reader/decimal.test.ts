import fc from "fast-check";
import { expect, test } from "vitest";
import { textOfNumber, wholeNumber } from "./decimal.ts";
import { JsonNumber, parseJson } from "./json.ts";

/** What a number is, by nothing but whole numbers: numerator and denominator. */
function fraction(text: string): readonly [bigint, bigint] {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(`${whole}${decimals}`.replace("-", "")) * (whole.startsWith("-") ? -1n : 1n);
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
}

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0001234567899"), minLength: 1, maxLength });
const written = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits(25).map((text) => text.replace(/^0+(?=\d)/, "")),
    fc.option(digits(25)),
    fc.option(fc.tuple(fc.constantFrom("e", "E", "e+"), fc.integer({ min: 0, max: 40 })), { freq: 3 }),
    fc.boolean(),
  )
  .map(([sign, whole, decimals, power, isSmall]) => {
    const exponent = power === null ? "" : `${isSmall ? "e-" : power[0]}${power[1]}`;
    return `${sign}${whole}${decimals === null ? "" : `.${decimals}`}${exponent}`;
  });

test("one text for one number, however it is written and whatever stands beside it (C13)", {
  tags: "slow",
}, () => {
  const property = fc.property(
    written,
    fc.constantFrom("", ',"x":0.30000000000000004', ',"x":1e3'),
    (text, more) => {
      const value = (parseJson(`{"v":${text}${more}}`) as { v: number | JsonNumber }).v;
      const plain = textOfNumber(value, 1_000) as string;
      expect(plain).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
      const [[above, below], [ours, under]] = [fraction(text), fraction(plain)];
      expect(ours * below).toBe(above * under);
      expect(textOfNumber(new JsonNumber(plain), 1_000)).toBe(plain);
      const isWhole = above % below === 0n;
      const whole = wholeNumber(value);
      if (!isWhole) expect(whole).toBeNull();
      else if (Number.isSafeInteger(Number(above / below))) expect(whole).toBe(Number(above / below));
      else expect(whole).toBe(Number.POSITIVE_INFINITY);
    },
  );
  fc.assert(property, { numRuns: 5_000 });
});

test("a number that is longer than its place is none, and costs nothing", () => {
  expect(textOfNumber(new JsonNumber("1e999999999999"), 4_096)).toBeNull();
  expect(textOfNumber(new JsonNumber("1e-999999999999"), 4_096)).toBeNull();
  expect(textOfNumber(new JsonNumber(`0.${"0".repeat(60_000)}1${"0".repeat(5)}`), 4_096)).toBeNull();
  expect(textOfNumber(new JsonNumber(`7.${"0".repeat(60_000)}`), 4_096)).toBe("7");
  expect(textOfNumber(1e-7, 4_096)).toBe("0.0000001");
});
