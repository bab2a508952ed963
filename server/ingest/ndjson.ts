import { isUtf8 } from "node:buffer";
import { readObject } from "./read-object.ts";
import { type BodyRecord, isShort, type TakeBytes, trim } from "./records.ts";

const NEWLINE = 0x0a;
/** Lines taken between two reports: whoever reads may let others have their turn then. */
const REPORT = 2_000;

/** One JSON object a line; blank lines are nothing. Lines that `takes` takes are only counted. */
export function* readNdjson(body: Buffer, takes?: TakeBytes): Generator<BodyRecord> {
  const isAllUtf8 = isUtf8(body);
  let line = 0;
  let taken = 0;
  for (let start = 0; start < body.length; ) {
    let end = body.indexOf(NEWLINE, start);
    if (end < 0) end = body.length;
    line += 1;
    const trimmed = trim(body, start, end);
    start = end + 1;
    if (trimmed.start === trimmed.end) continue;
    if (isAllUtf8 && isShort(trimmed) && takes?.(body, trimmed.start, trimmed.end)) taken += 1;
    else yield readObject({ body, ...trimmed, line, name: "line" }, isAllUtf8);
    if (taken === REPORT) {
      yield { taken };
      taken = 0;
    }
  }
  if (taken > 0) yield { taken };
}
