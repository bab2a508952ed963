/**
 * The oracle's own exactness, written from the rules alone and sharing nothing with the product: slow, plain, and
 * so obviously right that a difference means a fault in the product or in the rules.
 */

/** Hundredths, rounded half away from zero (C4), from decimal text; null stays null. */
export function hundredths(value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const negative = mantissa.startsWith("-");
  const [whole = "", fraction = ""] = mantissa.replace(/^[+-]/, "").split(".");
  // Thousandths and beyond are kept as one big integer over a power of ten, then divided once.
  const digits = BigInt(`${whole}${fraction}` || "0");
  const power = fraction.length - Number(exponent) - 2;
  const divisor = 10n ** BigInt(Math.max(power, 0));
  const scaled = digits * 10n ** BigInt(Math.max(-power, 0));
  const rounded = (scaled * 2n + divisor) / (divisor * 2n);
  return negative ? -rounded : rounded;
}

export function decimal(value: bigint): string {
  const text = (value < 0n ? -value : value).toString().padStart(3, "0");
  return `${value < 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** A part of an order of content (C6). */
export type Part = number | bigint | string | null;

/** Numbers as numbers, text by its UTF-8 bytes, null lowest. */
export function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index] ?? null, b[index] ?? null];
    if (left === null && right === null) continue;
    if (left === null) return -1;
    if (right === null) return 1;
    const comparison =
      typeof left === "string" ? compareBytes(left, String(right)) : compareNumbers(left, right);
    if (comparison !== 0) return comparison;
  }
  return 0;
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}

function compareNumbers(a: number | bigint, b: Part): number {
  const other = b as number | bigint;
  if (a === other) return 0;
  return a < other ? -1 : 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** yyyyMMddHH of an instant in a zone (C1). */
export function businessHour(time: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return format.format(time).replace(/\D/g, "");
}
