import { isUtf8 } from "node:buffer";
import { readObject } from "./read-object.ts";
import { type BodyRecord, trim } from "./records.ts";

const NEWLINE = 0x0a;

/** One JSON object a line; blank lines are nothing. */
export function* readNdjson(body: Buffer): Generator<BodyRecord> {
  const isAllUtf8 = isUtf8(body);
  let line = 0;
  for (let start = 0; start < body.length; ) {
    let end = body.indexOf(NEWLINE, start);
    if (end < 0) end = body.length;
    line += 1;
    const trimmed = trim(body, start, end);
    start = end + 1;
    if (trimmed.start < trimmed.end) yield readObject({ body, ...trimmed, line, name: "line" }, isAllUtf8);
  }
}
