import type { Reject } from "../contracts/events.ts";
import type { LineFault } from "./fault.ts";
import type { RawRecord } from "./fields.ts";

/** One record of a body, or why it is none; with its 1-based line and its bytes. */
export type BodyRecord =
  | { readonly line: number; readonly raw: () => Uint8Array; readonly record: RawRecord }
  | { readonly line: number; readonly raw: () => Uint8Array; readonly fault: LineFault };

/** Bytes of a dead letter that are kept. */
const KEPT_BYTES = 64 * 1024;

export function rejectOf(line: number, raw: Uint8Array, fault: LineFault): Reject {
  return {
    line,
    code: fault.code,
    field: fault.field,
    message: fault.message,
    raw: raw.subarray(0, KEPT_BYTES),
  };
}

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0d || byte === 0x0a || byte === 0x09;

/** The bytes between two places without the white space of JSON around them. */
export function trimmed(body: Buffer, from: number, to: number): Buffer {
  let [start, end] = [from, to];
  while (end > start && isSpace(body[end - 1])) end -= 1;
  while (start < end && isSpace(body[start])) start += 1;
  return body.subarray(start, end);
}
