import { isUtf8 } from "node:buffer";
import { behindLineEnd, LineEnds } from "./line-end.ts";
import { readObject } from "./read-object.ts";
import { type BodyRecord, isShort, NOTHING, type TakeBytes, trim } from "./records.ts";

/** Lines taken, or blank, between two reports: whoever reads may let others have their turn then. */
const REPORT = 2_000;

/**
 * One JSON object a line; blank lines are nothing. Lines that `takes` takes are only counted. A line is as long as it was
 * sent, with the white space around its object.
 */
export function* readNdjson(body: Buffer, takes?: TakeBytes): Generator<BodyRecord> {
  const isAllUtf8 = isUtf8(body);
  const ends = new LineEnds(body);
  let line = 0;
  let taken = 0;
  for (let start = 0; start < body.length; ) {
    const end = ends.next(start);
    const sent = { start, end };
    line += 1;
    const trimmed = trim(body, start, end);
    start = behindLineEnd(body, end);
    if (trimmed.start === trimmed.end) {
      if (line % REPORT === 0) yield NOTHING;
      continue;
    }
    const isWhole = isShort(sent);
    if (isAllUtf8 && isWhole && takes?.(body, trimmed.start, trimmed.end)) taken += 1;
    else yield readObject({ body, ...(isWhole ? trimmed : sent), line, name: "line" }, isAllUtf8);
    if (taken === REPORT) {
      yield { taken };
      taken = 0;
    }
  }
  if (taken > 0) yield { taken };
}
