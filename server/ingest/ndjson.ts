import { isUtf8 } from "node:buffer";
import { LineFault } from "./fault.ts";
import { parseJson } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { type BodyRecord, isRecord } from "./records.ts";

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** One JSON object a line; blank lines are nothing. A bad line harms no other. */
export function* readNdjson(body: Buffer): Generator<BodyRecord> {
  const isAllUtf8 = isUtf8(body);
  let line = 0;
  for (let start = 0; start < body.length; ) {
    let end = body.indexOf(NEWLINE, start);
    if (end < 0) end = body.length;
    line += 1;
    const bytes = trimmed(body, start, end);
    start = end + 1;
    if (bytes.length > 0) yield readLine(bytes, line, isAllUtf8);
  }
}

function trimmed(body: Buffer, from: number, to: number): Buffer {
  let [start, end] = [from, to];
  while (end > start && isSpace(body[end - 1])) end -= 1;
  while (start < end && isSpace(body[start])) start += 1;
  return body.subarray(start, end);
}

const isSpace = (byte: number | undefined): boolean =>
  byte === CARRIAGE_RETURN || byte === 0x20 || byte === 0x09;

function readLine(bytes: Buffer, line: number, isAllUtf8: boolean): BodyRecord {
  const raw = () => bytes;
  if (bytes.length > LIMITS.lineBytes) {
    const message = `the line is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  if (!isAllUtf8 && !isUtf8(bytes)) {
    return { line, raw, fault: new LineFault("bad_utf8", null, "the line is not UTF-8") };
  }
  try {
    const record = parseJson(bytes.toString("utf8"));
    if (isRecord(record)) return { line, raw, record };
  } catch {
    // JSON.parse quotes the text in its message: tell where, not what
    return { line, raw, fault: new LineFault("bad_json", null, "the line is not JSON") };
  }
  return { line, raw, fault: new LineFault("bad_json", null, "the line is not a JSON object") };
}
