import type { FieldKind } from "../contracts/line-fields.ts";
import { maskCertificate, maskName, maskTelephone } from "../lib/mask.ts";
import { isNumber, textOfNumber } from "../reader/decimal.ts";
import { JsonNumber } from "../reader/json.ts";
import { LIMITS } from "../reader/limits.ts";

/** One value of a refused line as it may be shown. */
export interface ShownValue {
  /** null: missing. */
  readonly shown: string | null;
  readonly isMasked: boolean;
}

const TELEPHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/;
/** A region, a date of birth, a number: anywhere, for order numbers are made of other numbers. */
const CERTIFICATE = /[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]/;
const holdsPerson = (text: string): boolean => TELEPHONE.test(text) || CERTIFICATE.test(text);

/** Digits in a row that may be a telephone number. */
const hasLongNumber = (text: string): boolean => /\d{7}/.test(text);

/** What a value must look like to be shown; in a refused line nothing says that a column holds what it should. */
const LOOKS_RIGHT: Readonly<Partial<Record<FieldKind, (text: string) => boolean>>> = {
  id: (text) => /^[+-]?\d{1,25}$/.test(text) && !holdsPerson(text),
  key: (text) => /^(?=.*\d)[\w-]{1,64}$/.test(text) && !holdsPerson(text),
  // Nine digits before the point: a telephone number has more, an insured amount hardly.
  amount: (text) =>
    /^[¥￥$]? ?[+-]?[\d,]*(\.\d{0,6})? ?(元|万元?|CNY|RMB)?$/i.test(text) &&
    (text.split(".")[0] ?? "").replace(/\D/g, "").length <= 9,
  time: (text) =>
    /^-?\d{10}$|^\d{13}$|^(19|20)\d{12}$/.test(text) ||
    /^(19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}([T ][\d:.]{1,15}(Z|[+-]\d\d:?\d\d)?)?$/.test(text),
  // Codes that programs write: renewal, web_2. A word with a capital may be a name.
  text: (text) => /^[a-z][a-z0-9_.-]{0,39}$/.test(text) && !hasLongNumber(text),
};

/** No more than its first character, unless it is a number of which more says nothing. */
function mask(kind: FieldKind, text: string): string | null {
  if (kind === "telephone" && /^[\d +()-]+$/.test(text)) return maskTelephone(text);
  if (kind === "certificate" && /^\d+[A-Za-z]?$/.test(text)) return maskCertificate(text);
  return maskName(text);
}

/** Shows a value where it has the shape of its kind, and otherwise no more of it than its first character. */
export function showValue(kind: FieldKind, value: unknown): ShownValue {
  if (value === null || value === undefined) return { shown: null, isMasked: false };
  if (typeof value === "object" && !(value instanceof JsonNumber)) return { shown: "{…}", isMasked: true };
  const text = isNumber(value) ? (textOfNumber(value, LIMITS.fieldLength) ?? "…") : String(value);
  if (text.trim() === "" || typeof value === "boolean") return { shown: text, isMasked: false };
  if (LOOKS_RIGHT[kind]?.(text)) return { shown: text, isMasked: false };
  return { shown: mask(kind, text), isMasked: true };
}

/** A name that a sender gave a field: a table without its header makes one of a person. */
export const showName = (name: string): string =>
  /^[a-z_][a-z0-9_]{0,39}$/.test(name) && !hasLongNumber(name) ? name : "…";
