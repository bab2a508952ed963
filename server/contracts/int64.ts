/**
 * 64-bit whole numbers as pairs of 32-bit halves in an Int32Array: low, then high, in two's complement. A BigInt would be
 * an object for each value; a double loses digits beyond 2^53.
 */

const UNIT = 2 ** 32;
/** Decimal text of so many digits is below 2^53. */
const EXACT_DIGITS = 15;

/** @param value a safe integer */
export function putInteger(pairs: Int32Array, index: number, value: number): void {
  pairs[index * 2] = value | 0;
  pairs[index * 2 + 1] = Math.floor(value / UNIT);
}

export function putBigInt(pairs: Int32Array, index: number, value: bigint): void {
  pairs[index * 2] = Number(BigInt.asIntN(32, value));
  pairs[index * 2 + 1] = Number(value >> 32n);
}

/** @param digits canonical decimal text of a 64-bit integer */
export function putDecimal(pairs: Int32Array, index: number, digits: string): void {
  if (digits.length <= EXACT_DIGITS) putInteger(pairs, index, Number(digits));
  else putBigInt(pairs, index, BigInt(digits));
}

/** Exact when the value is a safe integer; else beyond 2^53 and not to be used. */
export function numberOf(low: number, high: number): number {
  return high * UNIT + (low >>> 0);
}

export function bigIntOf(low: number, high: number): bigint {
  const value = numberOf(low, high);
  if (Number.isSafeInteger(value)) return BigInt(value);
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

export function decimalOf(low: number, high: number): string {
  const value = numberOf(low, high);
  return Number.isSafeInteger(value) ? String(value) : String(bigIntOf(low, high));
}

/** Negative, zero or positive like any comparator. */
export function comparePairs(aLow: number, aHigh: number, bLow: number, bHigh: number): number {
  return aHigh - bHigh || (aLow >>> 0) - (bLow >>> 0);
}
