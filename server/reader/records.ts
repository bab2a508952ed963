import type { Reject } from "../contracts/events.ts";
import type { LineFault } from "./fault.ts";
import type { RawRecord } from "./fields.ts";
import { LIMITS } from "./limits.ts";

/** Where something stands in a body: its 1-based line and its bytes. */
export interface SnapshotPosition {
  readonly line: number;
  readonly raw: () => Uint8Array;
}

/** One record of a body, or why it is none. */
export type ReadRecord =
  | (SnapshotPosition & { readonly record: RawRecord })
  | (SnapshotPosition & { readonly fault: LineFault });

/** Text that should be one JSON object, not looked at yet. */
export interface JsonText extends SnapshotPosition {
  readonly json: string;
  /** How a message calls it. */
  readonly name: "line" | "element";
}

/** Records that were taken by their bytes. */
interface Taken {
  readonly taken: number;
}

export type BodyRecord = ReadRecord | JsonText | Taken;

/** Where nothing but blank lines stood for a while. */
export const NOTHING: BodyRecord = { taken: 0 };

/** Takes a record by its bytes, known as UTF-8 and no longer than a line may be; false: it has to be read. */
export type TakeBytes = (bytes: Uint8Array, start: number, end: number) => boolean;

export const isShort = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
  end - start <= LIMITS.lineBytes;

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

/** Whether a byte is white space of JSON. */
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0d || byte === 0x0a || byte === 0x09;

/** Two places in a body, moved together over the white space of JSON at both ends. */
export function trim(body: Buffer, from: number, to: number): { start: number; end: number } {
  let [start, end] = [from, to];
  while (end > start && isSpace(body[end - 1])) end -= 1;
  while (start < end && isSpace(body[start])) start += 1;
  return { start, end };
}
