/** Money: integer hundredths ("fen") in a bigint inside, decimal text with two digits outside (rule C4). */

/** Greatest amount of one field: what numeric(18,2) holds. */
export const MAX_FEN = 999_999_999_999_999_999n;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** A longer text cannot be an amount; the bound keeps the work linear. */
const MAX_TEXT = 400;

/**
 * Parses decimal text, rounding half away from zero to hundredths. Exact: no floating point takes part.
 * @returns null when the text is not a decimal number
 */
export function parseFen(text: string): bigint | null {
  if (text.length > MAX_TEXT) return null;
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
  // value = digits × 10^scale hundredths
  const scale = Number(exponentText) - fraction.length + 2;
  const fen = scaleRounded(digits, scale);
  return sign === "-" ? -fen : fen;
}

/** Whether decimal text is below zero, before any rounding: -0.001 is, -0.00 is not. */
export const isBelowZero = (text: string): boolean => /^\s*-[\d.]*[1-9]/.test(text);

function scaleRounded(digits: string, scale: number): bigint {
  if (scale >= 0) return /^0*$/.test(digits) ? 0n : BigInt(digits) * 10n ** BigInt(scale);
  const kept = digits.length + scale;
  if (kept < 0) return 0n;
  const whole = BigInt(digits.slice(0, kept) || "0");
  return digits.charCodeAt(kept) >= 53 /* '5' */ ? whole + 1n : whole;
}

/** Decimal text with two digits: -7n is "-0.07". */
export function formatFen(fen: bigint): string {
  const sign = fen < 0n ? "-" : "";
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
