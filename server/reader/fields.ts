import { isBelowZero, MAX_FEN, parseFen } from "../contracts/money.ts";
import { isNumber, textOfNumber, wholeNumber } from "./decimal.ts";
import { LineFault } from "./fault.ts";
import { JsonNumber } from "./json.ts";
import { LIMITS } from "./limits.ts";

/** One record as it came: values of any JSON type, or texts from CSV. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** What a batch knows of time (rule C8). */
export interface TimeBounds {
  /** ms */
  readonly latest: number;
}

/** Rule C8, ms. */
export const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST_TIME = 8_640_000_000_000_000;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A blank text is none, in every format (rule C13). */
export const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";

function missing(field: string): LineFault {
  return new LineFault("missing_field", field, "required, but missing or null");
}

/**
 * Text of at most 4,096 characters that PostgreSQL can hold; a number counts as its decimal text (rule C13); null when
 * missing or blank.
 */
export function optionalText(record: RawRecord, field: string): string | null {
  const value = record[field];
  if (isMissing(value)) return null;
  if (typeof value === "string") {
    const text = checkedText(value, field);
    return isBlank(text) ? null : text;
  }
  if (!isNumber(value)) throw new LineFault("bad_type", field, "must be text");
  const text = textOfNumber(value, LIMITS.fieldLength);
  if (text === null) throw tooLong(field, LIMITS.fieldLength);
  return text;
}

const tooLong = (field: string, most: number) =>
  new LineFault("too_long", field, `longer than ${most} characters`);

function checkedText(text: string, field: string): string {
  if (text.length > LIMITS.fieldLength) throw tooLong(field, LIMITS.fieldLength);
  if (text.includes("\0")) throw new LineFault("bad_type", field, "holds a NUL character");
  if (!text.isWellFormed()) throw new LineFault("bad_utf8", field, "holds half of a surrogate pair");
  return text;
}

/** Like optionalText, for a part of a key. */
export function optionalKey(record: RawRecord, field: string): string | null {
  const text = optionalText(record, field);
  if (text !== null && text.length > LIMITS.keyLength) throw tooLong(field, LIMITS.keyLength);
  return text;
}

/** Like optionalKey; blank counts as missing. */
export function requiredKey(record: RawRecord, field: string): string {
  const text = optionalKey(record, field);
  if (text === null) throw missing(field);
  return text;
}

/** A 64-bit id as canonical decimal text (rule C5). */
export function requiredId(record: RawRecord, field: string): string {
  const value = record[field];
  if (isMissing(value) || isBlank(value)) throw missing(field);
  if (typeof value === "string") return idOfText(value, field);
  const number = isNumber(value) ? wholeNumber(value) : null;
  if (number === null) throw new LineFault("bad_type", field, "must be a 64-bit integer");
  if (Number.isSafeInteger(number)) return String(number);
  throw new LineFault(
    "unsafe_integer",
    field,
    "a JSON number beyond 2^53-1 has lost digits already; send it as a string",
  );
}

function idOfText(text: string, field: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  if (/^[+-]?\d{1,40}$/.test(text)) {
    const id = BigInt(text);
    if (id <= MAX_INT64 && id >= MIN_INT64) return id.toString();
  }
  throw new LineFault("bad_type", field, "must be a 64-bit integer");
}

/** An amount in fen, rounded half away from zero (rule C4); null when missing or blank. */
export function optionalAmount(record: RawRecord, field: string): bigint | null {
  const value = record[field];
  return isMissing(value) || isBlank(value) ? null : amountOf(value, field);
}

/** @throws {LineFault} bad_amount, amount_out_of_range or bad_type */
export function amountOf(value: unknown, field: string): bigint {
  const fen = parseFen(decimalText(value, field));
  if (fen === null) throw new LineFault("bad_amount", field, "not a decimal number");
  if (fen > MAX_FEN || fen < -MAX_FEN) {
    throw new LineFault("amount_out_of_range", field, "more than 16 digits before the point");
  }
  return fen;
}

/** Whether an amount was below zero before it was rounded. @throws {LineFault} */
export const isAmountBelowZero = (value: unknown, field: string): boolean =>
  isBelowZero(decimalText(value, field));

function decimalText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof JsonNumber) return value.source;
  throw new LineFault("bad_type", field, "must be a number or its decimal text");
}

/** Epoch time as it came, in the source's own unit; null when missing or blank. */
export function optionalTime(record: RawRecord, field: string): number | null {
  const value = record[field];
  if (isMissing(value) || isBlank(value)) return null;
  const number = timeNumber(value);
  if (number === null || Math.abs(number) > LATEST_TIME) {
    throw new LineFault("bad_time", field, "must be whole milliseconds since 1970-01-01");
  }
  return number;
}

function timeNumber(value: unknown): number | null {
  if (typeof value === "string") return /^-?\d{1,16}$/.test(value) ? Number(value) : null;
  return isNumber(value) ? wholeNumber(value) : null;
}

export function requiredTime(record: RawRecord, field: string): number {
  const time = optionalTime(record, field);
  if (time === null) throw missing(field);
  return time;
}

/** Rule C8. */
export const isWithin = (time: number, { latest }: TimeBounds): boolean => time >= EARLIEST && time <= latest;

/** Rule C8. */
export function checkEventTime(time: number, field: string, bounds: TimeBounds): number {
  if (time > bounds.latest) throw new LineFault("event_in_future", field, "later than the clock allows");
  if (time < EARLIEST) throw new LineFault("event_too_old", field, "before 2000-01-01");
  return time;
}
