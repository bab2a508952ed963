import type { BodyFormat } from "../contracts/batch.ts";
import { rowAt } from "./csv.ts";
import { headerOf } from "./csv-header.ts";
import { RowScanner } from "./csv-row.ts";
import { elementsOf } from "./json-array.ts";
import { CR, LF, LineEnds } from "./line-end.ts";

/** Records between two reports: whoever counts may stop, or let others have their turn then. */
const REPORT = 20_000;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * How many records a body holds, without reading one of them: cells, texts and objects are not made. Tells how many there
 * are so far from time to time, and last how many there are.
 * @throws {InvalidInput} when nothing in the body can be read
 */
export function* countRecords(format: BodyFormat, content: Buffer): Generator<number> {
  let count = 0;
  for (const more of COUNTERS[format](content)) {
    count += more;
    yield count;
  }
}

/** What each counter yields comes on top of what it yielded before. */
const COUNTERS: Readonly<Record<BodyFormat, (content: Buffer) => Generator<number>>> = {
  ndjson: countLines,
  json: countElements,
  csv: countRows,
};

/** Lines with anything in them. */
function* countLines(content: Buffer): Generator<number> {
  let count = 0;
  let hasText = false;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === LF || byte === CR) {
      if (hasText) count += 1;
      hasText = false;
    } else if (byte !== SPACE && byte !== TAB) hasText = true;
    if (count < REPORT) continue;
    yield count;
    count = 0;
  }
  yield hasText ? count + 1 : count;
}

function* countElements(content: Buffer): Generator<number> {
  let count = 0;
  for (const _ of elementsOf(content)) {
    count += 1;
    if (count < REPORT) continue;
    yield count;
    count = 0;
  }
  yield count;
}

/** Rows below the header, those that will be refused as well. */
function* countRows(content: Buffer): Generator<number> {
  const { header, next: start } = headerOf(content, ",");
  const reading = { scanner: new RowScanner(content), ends: new LineEnds(content), width: header.length };
  let count = 0;
  let lines = 0;
  for (let at = start; at < content.length; ) {
    const row = rowAt(content, at, reading);
    at = row.next;
    if (row.kind !== "blank") count += 1;
    lines += 1;
    if (lines < REPORT) continue;
    yield count;
    [count, lines] = [0, 0];
  }
  yield count;
}
