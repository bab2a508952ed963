import { isUtf8 } from "node:buffer";
import { LineFault } from "./fault.ts";
import { parseJson } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { type BodyRecord, isRecord } from "./records.ts";

/** Bytes that should be one JSON object: a line of NDJSON, or an element of an array. */
export interface ObjectText {
  readonly bytes: Buffer;
  /** 1-based line or element. */
  readonly line: number;
  /** How a message calls it. */
  readonly name: "line" | "element";
}

/** Reads one object by itself, so that a bad one harms no other (rule C7). */
export function readObject({ bytes, line, name }: ObjectText, isKnownUtf8: boolean): BodyRecord {
  const raw = () => bytes;
  if (bytes.length > LIMITS.lineBytes) {
    const message = `the ${name} is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  if (!isKnownUtf8 && !isUtf8(bytes)) {
    return { line, raw, fault: new LineFault("bad_utf8", null, `the ${name} is not UTF-8`) };
  }
  try {
    const record = parseJson(bytes.toString("utf8"));
    if (isRecord(record)) return { line, raw, record };
  } catch {
    // JSON.parse quotes the text in its message: tell where, not what
    return { line, raw, fault: new LineFault("bad_json", null, `the ${name} is not JSON`) };
  }
  return { line, raw, fault: new LineFault("bad_json", null, `the ${name} is not a JSON object`) };
}
