import {
  type CellFault,
  HOW_TO_EXPORT_WHOLE,
  invisibleIn,
  isShortened,
  plainCell,
  unwrapped,
} from "./cell.ts";

/** The currency's own sign stands on either side. NFKC has made ￥ a ¥. */
const CURRENCY_BEFORE = /^(?:¥|CN¥|CNY|RMB|人民币)/i;
const CURRENCY_BEHIND = /(?:元|圆|CNY|RMB|¥)$/i;
const SIGN = /^[-−+]/;
/** Powers of ten that Chinese amounts are told in. */
const UNITS: readonly (readonly [unit: string, exponent: number])[] = [
  ["千", 3],
  ["万", 4],
  ["亿", 8],
];
/** Thousands apart, all by the same sign: 1,234,567.89 */
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$|^\d{1,3}(?: \d{3})+(?:\.\d*)?$/;

const MANY_READINGS: CellFault = {
  code: "ambiguous_amount",
  message:
    "commas and points can be read in more than one way; write the amount like 1234567.89 or 1,234,567.89",
};
const TWO_UNITS: CellFault = {
  code: "ambiguous_amount",
  message: "both the column's name and the cell tell a unit; leave one of them out",
};

/**
 * An amount as a spreadsheet shows it, as plain decimal text: `¥ 1,234.50`, `1.2万`, `(5.00)` for minus five. What is no
 * amount in any reading is handed on as it is: the list's rules refuse it.
 * @param unit power of ten that the column's name tells: 4 for 万元
 */
export function readAmountCell(cell: string, unit = 0): string | CellFault {
  const plain = unwrapped(plainCell(cell));
  const invisible = invisibleIn(plain);
  if (invisible) return invisible;
  const { sign, text } = signOf(plain);
  if (isShortened(text)) return { code: "cut_amount", message: HOW_TO_EXPORT_WHOLE };
  const [, own] = UNITS.find(([word]) => text.endsWith(word)) ?? ["", 0];
  if (own > 0 && unit > 0) return TWO_UNITS;
  const exponent = own + unit;
  const number = own > 0 ? text.slice(0, -1).trim() : text;
  const digits = GROUPED.test(number) ? number.replace(/[, ]/g, "") : number;
  if (isAmbiguous(digits)) return MANY_READINGS;
  return `${sign}${digits}${exponent > 0 ? `e${exponent}` : ""}`;
}

/** The sign wherever it stands, beside a currency or as brackets; the rest without currency. */
function signOf(text: string): { sign: "" | "-"; text: string } {
  const bracketed = /^\((.*)\)$/.exec(text)?.[1]?.trim();
  const whole = (bracketed ?? text).replace(CURRENCY_BEHIND, "").trimEnd();
  const [outer, money] = without(SIGN, whole);
  const [inner, number] = without(SIGN, without(CURRENCY_BEFORE, money)[1]);
  const signs = `${bracketed === undefined ? "" : "-"}${outer}${inner}`;
  if (signs.length > 1) return { sign: "", text };
  return { sign: signs === "" || signs === "+" ? "" : "-", text: number };
}

/** What a text begins with, or nothing, and what is left then. */
function without(beginning: RegExp, text: string): readonly [begins: string, rest: string] {
  const begins = beginning.exec(text)?.[0] ?? "";
  return [begins, text.slice(begins.length).trimStart()];
}

const isAmbiguous = (text: string): boolean =>
  /^[\d,. ]+$/.test(text) && (text.includes(",") || text.includes(" ") || text.split(".").length > 2);
