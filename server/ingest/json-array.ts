import { isUtf8 } from "node:buffer";
import { InvalidInput } from "../lib/errors.ts";
import { LineFault } from "./fault.ts";
import { parseJson } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { type BodyRecord, isRecord } from "./records.ts";

const REPLACEMENT = "\u{fffd}";

/**
 * A JSON array of objects; a "line" is the element's number.
 * @throws {InvalidInput} when the body is not a JSON array
 */
export function* readJsonArray(body: Buffer): Generator<BodyRecord> {
  const isValid = isUtf8(body);
  let index = 0;
  for (const element of parseArray(body)) {
    index += 1;
    yield readElement(element, index, isValid);
  }
}

function parseArray(body: Buffer): unknown[] {
  let parsed: unknown;
  try {
    parsed = parseJson(body.toString("utf8"));
  } catch {
    throw new InvalidInput(
      "The body is not JSON. Send an array of objects, or NDJSON as application/x-ndjson.",
    );
  }
  if (Array.isArray(parsed)) return parsed;
  throw new InvalidInput("The body is JSON, but not an array of objects.");
}

function readElement(element: unknown, line: number, isValid: boolean): BodyRecord {
  let text: string | undefined;
  const textOf = () => {
    text ??= JSON.stringify(element);
    return text;
  };
  const raw = () => Buffer.from(textOf());
  if (!isRecord(element)) {
    return { line, raw, fault: new LineFault("bad_json", null, "the element is not an object") };
  }
  if (!isValid && textOf().includes(REPLACEMENT)) {
    return { line, raw, fault: new LineFault("bad_utf8", null, "the element is not UTF-8") };
  }
  if (isLong(element) && textOf().length > LIMITS.lineBytes) {
    const message = `the element is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  return { line, raw, record: element };
}

/** Whether the element could be over the limit: cheap for the usual flat and short one. */
function isLong(element: Readonly<Record<string, unknown>>): boolean {
  let length = 0;
  for (const key in element) {
    const value = element[key];
    if (typeof value === "object" && value !== null) return true;
    length += key.length + (typeof value === "string" ? value.length : 8);
  }
  return length * 3 > LIMITS.lineBytes;
}
