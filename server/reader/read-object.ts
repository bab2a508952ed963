import { isUtf8 } from "node:buffer";
import { LineFault } from "./fault.ts";
import { parseJson } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { type BodyRecord, isRecord, isShort, type JsonText, type ReadRecord } from "./records.ts";

/** Bytes that should be one JSON object: a line of NDJSON, or an element of an array. */
export interface ObjectText {
  readonly body: Buffer;
  readonly start: number;
  readonly end: number;
  /** 1-based line or element. */
  readonly line: number;
  /** How a message calls it. */
  readonly name: JsonText["name"];
}

/** Reads one object by itself, so that a bad one harms no other (rule C7). */
export function readObject({ body, start, end, line, name }: ObjectText, isKnownUtf8: boolean): BodyRecord {
  const raw = () => body.subarray(start, end);
  if (!isShort({ start, end })) {
    const message = `the ${name} is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  if (!isKnownUtf8 && !isUtf8(raw())) {
    return { line, raw, fault: new LineFault("bad_utf8", null, `the ${name} is not UTF-8`) };
  }
  return { line, raw, json: body.toString("utf8", start, end), name };
}

export function parseObject({ line, raw, json, name }: JsonText): ReadRecord {
  try {
    const record = parseJson(json);
    if (isRecord(record)) return { line, raw, record };
  } catch {
    // JSON.parse quotes the text in its message: tell where, not what
    return { line, raw, fault: new LineFault("bad_json", null, `the ${name} is not JSON`) };
  }
  return { line, raw, fault: new LineFault("bad_json", null, `the ${name} is not a JSON object`) };
}
