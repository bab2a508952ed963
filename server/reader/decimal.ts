import { JsonNumber } from "./json.ts";

/** A number by its digits: `digits` × 10^`exponent`. No digit is lost, however long it was written. */
interface Decimal {
  readonly isNegative: boolean;
  /** Without zeros at either end; empty for zero. */
  readonly digits: string;
  readonly exponent: number;
}

const ZERO: Decimal = { isNegative: false, digits: "", exponent: 0 };
const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const ZERO_DIGIT = 0x30;
/** More digits before the point than a double counts by ones. */
const UNSAFE_DIGITS = 17;

/**
 * The one text of a number (rule C13): plain digits without an exponent, without zeros behind the last decimal and without
 * a sign on zero, whatever stands beside it: 88.0 is "88", 1e3 is "1000".
 * @param most characters that the caller can use
 * @returns null when the text is longer
 */
export function textOfNumber(value: number | JsonNumber, most: number): string | null {
  const written = typeof value === "number" ? String(value) : value.source;
  if (typeof value === "number" && !written.includes("e")) return written;
  const { isNegative, digits, exponent } = decimalOf(written);
  const whole = digits.length + exponent;
  const sign = isNegative ? "-" : "";
  if (Math.max(whole, digits.length, -exponent) > most) return null;
  if (digits === "") return "0";
  if (exponent >= 0) return `${sign}${digits}${"0".repeat(exponent)}`;
  if (whole > 0) return `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`;
  return `${sign}0.${"0".repeat(-whole)}${digits}`;
}

/**
 * A whole number, told by its digits and not by the double that they make: 4503599627370497.5 is none, 1e3 is one.
 * @returns null when it is no whole number; infinity when it is one that JSON may have lost digits of (rule C5)
 */
export function wholeNumber(value: number | JsonNumber): number | null {
  // parseJson keeps a number as a double only where that is exact
  if (typeof value === "number") return Number.isInteger(value) ? value + 0 : null;
  const { isNegative, digits, exponent } = decimalOf(value.source);
  if (exponent < 0) return null;
  if (digits.length + exponent >= UNSAFE_DIGITS) return Number.POSITIVE_INFINITY;
  const number = Number(`${digits}${"0".repeat(exponent)}`);
  if (!Number.isSafeInteger(number)) return Number.POSITIVE_INFINITY;
  return isNegative ? -number : number;
}

function decimalOf(written: string): Decimal {
  const [, sign, whole = "", fraction = "", exponent = "0"] = PARTS.exec(written) ?? [];
  const all = `${whole}${fraction}`;
  let [start, end] = [0, all.length];
  while (start < end && all.charCodeAt(start) === ZERO_DIGIT) start += 1;
  while (end > start && all.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  if (start === end) return ZERO;
  const shift = Number(exponent) - fraction.length + (all.length - end);
  return { isNegative: sign === "-", digits: all.slice(start, end), exponent: shift };
}

export const isNumber = (value: unknown): value is number | JsonNumber =>
  typeof value === "number" || value instanceof JsonNumber;
