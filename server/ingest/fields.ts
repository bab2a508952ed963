import { MAX_FEN, parseFen } from "../contracts/money.ts";
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

function missing(field: string): LineFault {
  return new LineFault("missing_field", field, "required, but missing or null");
}

/** Text of at most 4,096 characters that PostgreSQL can hold; numbers count as their text; null when missing. */
export function optionalText(record: RawRecord, field: string): string | null {
  const value = record[field];
  if (isMissing(value)) return null;
  if (typeof value === "string") return checkedText(value, field);
  if (typeof value === "number") return String(value);
  if (value instanceof JsonNumber) return checkedText(value.source, field);
  throw new LineFault("bad_type", field, "must be text");
}

function checkedText(text: string, field: string): string {
  if (text.length > LIMITS.fieldLength) {
    throw new LineFault("too_long", field, `longer than ${LIMITS.fieldLength} characters`);
  }
  if (text.includes("\0")) throw new LineFault("bad_type", field, "holds a NUL character");
  if (!text.isWellFormed()) throw new LineFault("bad_utf8", field, "holds half of a surrogate pair");
  return text;
}

/** Like optionalText, for a part of a key. */
export function optionalKey(record: RawRecord, field: string): string | null {
  const text = optionalText(record, field);
  if (text !== null && text.length > LIMITS.keyLength) {
    throw new LineFault("too_long", field, `longer than ${LIMITS.keyLength} characters`);
  }
  return text;
}

/** Like optionalKey; empty counts as missing. */
export function requiredKey(record: RawRecord, field: string): string {
  const text = optionalKey(record, field);
  if (text === null || text === "") throw missing(field);
  return text;
}

/** A 64-bit id as canonical decimal text (rule C5). */
export function requiredId(record: RawRecord, field: string): string {
  const value = record[field];
  if (isMissing(value) || value === "") throw missing(field);
  if (typeof value === "string") return idOfText(value, field);
  if (typeof value !== "number" && !(value instanceof JsonNumber)) {
    throw new LineFault("bad_type", field, "must be a 64-bit integer");
  }
  const number = typeof value === "number" ? value : Number(value.source);
  if (!Number.isInteger(number)) throw new LineFault("bad_type", field, "must be a 64-bit integer");
  if (!Number.isSafeInteger(number)) {
    throw new LineFault(
      "unsafe_integer",
      field,
      "a JSON number beyond 2^53-1 has lost digits already; send it as a string",
    );
  }
  return String(number);
}

function idOfText(text: string, field: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  if (/^[+-]?\d{1,40}$/.test(text)) {
    const id = BigInt(text);
    if (id <= MAX_INT64 && id >= MIN_INT64) return id.toString();
  }
  throw new LineFault("bad_type", field, "must be a 64-bit integer");
}

/** An amount in fen, rounded half away from zero (rule C4); null when missing. */
export function optionalAmount(record: RawRecord, field: string): bigint | null {
  const value = record[field];
  return isMissing(value) ? null : amountOf(value, field);
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

function decimalText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof JsonNumber) return value.source;
  throw new LineFault("bad_type", field, "must be a number or its decimal text");
}

/** Epoch time as it came, in the source's own unit; null when missing. */
export function optionalTime(record: RawRecord, field: string): number | null {
  const value = record[field];
  if (isMissing(value) || value === "") return null;
  const number = timeNumber(value);
  if (number === undefined || Math.abs(number) > LATEST_TIME) {
    throw new LineFault("bad_time", field, "must be whole milliseconds since 1970-01-01");
  }
  return number;
}

function timeNumber(value: unknown): number | undefined {
  if (typeof value === "string") return /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
  const number =
    value instanceof JsonNumber ? Number(value.source) : typeof value === "number" ? value : undefined;
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

export function requiredTime(record: RawRecord, field: string): number {
  const time = optionalTime(record, field);
  if (time === null) throw missing(field);
  return time;
}

/** Rule C8. */
export function checkEventTime(time: number, field: string, bounds: TimeBounds): number {
  if (time > bounds.latest) throw new LineFault("event_in_future", field, "later than the clock allows");
  if (time < EARLIEST) throw new LineFault("event_too_old", field, "before 2000-01-01");
  return time;
}
