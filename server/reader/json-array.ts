import { isUtf8 } from "node:buffer";
import { InvalidInput } from "../lib/errors.ts";
import { readObject } from "./read-object.ts";
import { type BodyRecord, isShort, type TakeBytes, trim } from "./records.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
const ONE_TAKEN: BodyRecord = { taken: 1 };

/**
 * A JSON array of objects; a "line" is the element's number. Each element is parsed by itself, within the bounds that
 * the brackets give, so that a bad one harms no other. Elements that `takes` takes are only counted.
 * @throws {InvalidInput} when the body is not a JSON array from beginning to end
 */
export function* readJsonArray(body: Buffer, takes?: TakeBytes): Generator<BodyRecord> {
  const isAllUtf8 = isUtf8(body);
  let line = 0;
  for (const place of elementsOf(body)) {
    line += 1;
    if (isAllUtf8 && isShort(place) && takes?.(body, place.start, place.end)) yield ONE_TAKEN;
    else yield readObject({ body, ...place, line, name: "element" }, isAllUtf8);
  }
}

/** Where the elements of an array stand, without the white space around them. @throws {InvalidInput} */
export function* elementsOf(body: Buffer): Generator<{ readonly start: number; readonly end: number }> {
  const { start: opening, end: behind } = trim(body, 0, body.length);
  const text = body.subarray(0, behind);
  if (text[opening] !== OPEN_ARRAY) throw notAnArray("does not begin with [");
  for (let start = opening + 1; start < text.length; ) {
    const end = endOfElement(text, start);
    const trimmed = trim(text, start, end);
    const isLast = text[end] === CLOSE_ARRAY;
    if (isLast && end !== text.length - 1) throw notAnArray("goes on after the closing ]");
    const isFirst = start === opening + 1;
    start = end + 1;
    if (isLast && isFirst && trimmed.start === trimmed.end) return;
    yield trimmed;
    if (isLast) return;
  }
  throw notAnArray("ends before the closing ]");
}

/** Index of the comma or bracket that ends the element. */
function endOfElement(text: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      if (depth === 0 && byte === CLOSE_ARRAY) return at;
      if (depth === 0) throw notAnArray("closes a bracket that it did not open");
      depth -= 1;
    } else if (byte === COMMA && depth === 0) return at;
  }
  throw notAnArray("ends before the closing ]");
}

/** Index of the closing quote. */
function endOfString(text: Buffer, opening: number): number {
  for (let at = opening + 1; at < text.length; at += 1) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at;
  }
  throw notAnArray("ends within a text");
}

function notAnArray(why: string): InvalidInput {
  return new InvalidInput(
    `The body is not a JSON array: it ${why}. Send an array of objects, or NDJSON as application/x-ndjson.`,
  );
}
