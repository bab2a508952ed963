import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import { InvalidInput } from "../lib/errors.ts";
import { LineFault } from "./fault.ts";
import { LIMITS } from "./limits.ts";
import { LineFinder } from "./line-finder.ts";
import type { BodyRecord } from "./records.ts";

/** Bytes parsed at a time: between two chunks other requests get their turn. */
const CHUNK = 128 * 1024;
/** How often rows that a stray quote has swallowed are read anew. */
const MAX_PASSES = 8;

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: Info;
  readonly raw: string;
}

/** A stretch of the file. */
interface Part {
  readonly bytes: Buffer;
  /** Where the bytes are not UTF-8 as a whole, they are read as Latin-1 and every row is looked at by itself. */
  readonly encoding: "utf8" | "latin1";
  /** Lines of the file before this part. */
  readonly linesBefore: number;
  /** Column names; null: the first row is the header. */
  readonly header: readonly string[] | null;
  readonly pass: number;
}

/** Lines of a part that make no row. */
interface Skipped {
  readonly first: number;
  readonly last: number;
}

/**
 * CSV with a header; an empty cell is null. Lines are those of the file, the header being line 1; a row that spans
 * lines is known by its first.
 * @throws {InvalidInput} when there is no header to read by
 */
export function readCsv(body: Buffer): AsyncGenerator<BodyRecord> {
  const encoding = isUtf8(body) ? "utf8" : "latin1";
  return readPart({ bytes: body, encoding, linesBefore: 0, header: null, pass: 1 });
}

async function* readPart(part: Part): AsyncGenerator<BodyRecord> {
  let header = part.header;
  let skipped: Skipped[] = [];
  const parser = parse({
    encoding: part.encoding,
    record_delimiter: ["\n", "\r\n"],
    columns: header
      ? [...header]
      : (names: string[]) => {
          header = checkedHeader(names, part.encoding);
          return [...header];
        },
    info: true,
    raw: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined, raw: string | undefined) => {
      const last = Number(error?.lines ?? 1);
      skipped.push({ first: last - linesIn((raw ?? "").trim()), last });
    },
  });
  const finder = new LineFinder(part.bytes);
  const recoverSkipped = async function* () {
    const waiting = skipped;
    skipped = [];
    for (const item of waiting) yield* recover(item, part, header, finder);
  };
  for await (const row of Readable.from(chunksOf(part.bytes)).pipe(parser) as AsyncIterable<Row>) {
    yield readRow(row, part);
    if (skipped.length > 0) yield* recoverSkipped();
  }
  yield* recoverSkipped();
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK) yield bytes.subarray(start, start + CHUNK);
}

function checkedHeader(names: readonly string[], encoding: "utf8" | "latin1"): string[] {
  if (names.every((name) => name.trim() === "")) {
    throw new InvalidInput("The CSV has no header. Name the original columns in the first line.");
  }
  return names.map((name) => Buffer.from(name, encoding).toString("utf8").trim());
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** Rows that cannot be read: only the first line is refused, what a stray quote made of the next is read anew. */
async function* recover(
  { first, last }: Skipped,
  part: Part,
  header: readonly string[] | null,
  finder: LineFinder,
): AsyncGenerator<BodyRecord> {
  const isOneRow = first >= last || part.pass === MAX_PASSES || !header;
  const message = "the row does not have the header's columns, or its quotes do not match";
  const refused = finder.lines(first, isOneRow ? last : first);
  const line = part.linesBefore + first;
  yield { line, raw: () => refused, fault: new LineFault("bad_type", null, message) };
  if (isOneRow) return;
  const bytes = finder.lines(first + 1, last);
  yield* readPart({ ...part, bytes, linesBefore: line, header, pass: part.pass + 1 });
}

function readRow({ record, info, raw: text }: Row, { encoding, linesBefore }: Part): BodyRecord {
  const line = linesBefore + info.lines - linesIn(text.trim());
  const raw = () => Buffer.from(text.trim(), encoding);
  if (Buffer.byteLength(text, encoding) > LIMITS.lineBytes) {
    const message = `the row is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  if (encoding === "latin1" && !isUtf8(raw())) {
    return { line, raw, fault: new LineFault("bad_utf8", null, "the row is not UTF-8") };
  }
  const read = encoding === "utf8" ? (cell: string) => cell : utf8OfLatin1;
  const cells = Object.entries(record).map(([name, cell]) => [name, cell === "" ? null : read(cell)]);
  const fields = Object.fromEntries(cells);
  // Without its header the row alone could not be read again.
  return { line, raw: () => Buffer.from(JSON.stringify(fields)), record: fields };
}

const utf8OfLatin1 = (text: string): string => Buffer.from(text, "latin1").toString("utf8");
