import { isUtf8 } from "node:buffer";
import { InvalidInput } from "../lib/errors.ts";
import { headerOf } from "./csv-header.ts";
import { RowScanner, type Separator } from "./csv-row.ts";
import { LineFault } from "./fault.ts";
import { isBlank, type RawRecord } from "./fields.ts";
import { LIMITS } from "./limits.ts";
import { behindLineEnd, countLineEnds, LineEnds } from "./line-end.ts";
import { type BodyRecord, NOTHING, type SnapshotPosition } from "./records.ts";

/** A row below the header: as many cells as the header has, or why it is refused. */
export type CsvRow = SnapshotPosition &
  ({ readonly cells: readonly string[] } | { readonly fault: LineFault });

export interface CsvTable {
  /** Names of the columns as the file gives them, trimmed; empty where a column has none. None stands twice. */
  readonly header: readonly string[];
  /** 1-based line of the header. */
  readonly headerLine: number;
  /** Where the first line below the header begins. */
  readonly firstRow: number;
  /** Rows in the order of the file; those without anything in them are no rows. */
  readonly rows: () => Generator<CsvRow>;
  /** The same; from time to time null, where blank rows stand: whoever reads may let others have their turn then. */
  readonly rowsAndPauses: () => Generator<CsvRow | null>;
}

const MISFIT = "the row does not have the header's columns, or its quotes do not match";

export const noRows = (): InvalidInput =>
  new InvalidInput("The CSV holds a header and no rows: nothing was taken. Send at least one row below it.");

/**
 * Opens CSV whose first row is the header. Lines are those of the file, which may end with LF, CRLF or CR, also mixed; a row
 * that spans several is known by its first. A row that cannot be read costs its first line alone: what follows is read anew.
 * @param body without a byte order mark; rows that are not UTF-8 are refused one by one
 * @throws {InvalidInput} there is no header to read by, or it names a column twice
 */
export function openCsv(body: Buffer, separator: Separator = ","): CsvTable {
  const { header, line, next, lines } = headerOf(body, separator);
  const rowsAndPauses = () =>
    rowsOf(body, { separator, width: header.length, start: next, line: line + lines });
  return {
    header,
    headerLine: line,
    firstRow: next,
    rowsAndPauses,
    rows: () => withoutPauses(rowsAndPauses()),
  };
}

function* withoutPauses(rows: Iterable<CsvRow | null>): Generator<CsvRow> {
  for (const row of rows) if (row !== null) yield row;
}

interface Below {
  readonly separator: Separator;
  readonly width: number;
  /** Where the rows begin, and on which line. */
  readonly start: number;
  readonly line: number;
}

/** Bytes of blank rows between two pauses: many short ones, or few of many cells. */
const REPORT_BYTES = 64 * 1024;

function* rowsOf(body: Buffer, { separator, width, start, line }: Below): Generator<CsvRow | null> {
  const scanner = new RowScanner(body, separator);
  const ends = new LineEnds(body);
  const isAllUtf8 = isUtf8(body);
  const reading = { scanner, ends, width };
  let paused = start;
  for (let at = start; at < body.length; ) {
    const row = rowAt(body, at, reading);
    const [from, to, first] = [at, row.end, line];
    line += row.lines;
    at = row.next;
    if (row.kind === "blank") {
      if (to - paused < REPORT_BYTES) continue;
      paused = to;
      yield null;
      continue;
    }
    const raw = () => body.subarray(from, to);
    if (row.kind === "misfit") yield { line: first, raw, fault: misfit(to - from) };
    else if (isAllUtf8 || isUtf8(raw())) yield { line: first, raw, cells: scanner.cells() };
    else yield { line: first, raw, fault: new LineFault("bad_utf8", null, "the row is not UTF-8") };
  }
}

function misfit(length: number): LineFault {
  if (length <= LIMITS.lineBytes) return new LineFault("bad_type", null, MISFIT);
  return new LineFault("too_long", null, `the row is longer than ${LIMITS.lineBytes} bytes`);
}

interface RowReading {
  readonly scanner: RowScanner;
  readonly ends: LineEnds;
  /** Cells of the header. */
  readonly width: number;
}

interface RowPlace {
  /** misfit: the line alone is refused, what a stray quote made of the next is read anew. */
  readonly kind: "row" | "blank" | "misfit";
  /** Before the line end. */
  readonly end: number;
  readonly next: number;
  readonly lines: number;
}

/** Where a row begins and ends: the one rule for bodies and for files that are cut into pieces. */
export function rowAt(body: Buffer, at: number, { scanner, ends, width }: RowReading): RowPlace {
  if (scanner.scan(at)) {
    const { end, next } = scanner;
    const isOneLine = ends.next(at) === end;
    const place = { end, next, lines: isOneLine ? 1 : countLineEnds(body, at, Math.min(next, body.length)) };
    if (scanner.width === width && !isBlankByte(body[at])) return { kind: "row", ...place };
    if (scanner.isBlank()) return { kind: "blank", ...place };
    if (scanner.width === width) return { kind: "row", ...place };
  }
  const end = ends.next(at);
  return { kind: "misfit", end, next: behindLineEnd(body, end), lines: 1 };
}

/** Whether a row that begins so may be blank; most do not. */
const isBlankByte = (byte: number | undefined): boolean =>
  byte === undefined || byte < 0x30 || byte === 0x3b || byte > 0x7f;

/**
 * Rows as records; an empty cell is null.
 * @throws {InvalidInput} when there is no header to read by, or nothing below it
 */
export function* readCsv(body: Buffer): Generator<BodyRecord> {
  const { header, rowsAndPauses } = openCsv(body);
  let count = 0;
  for (const row of rowsAndPauses()) {
    if (row === null) {
      yield NOTHING;
      continue;
    }
    count += 1;
    yield "fault" in row ? row : rowRecord(row.line, recordOf(header, row.cells));
  }
  if (count === 0) throw noRows();
}

/** Without its header the row alone could not be read again. */
const rowRecord = (line: number, record: RawRecord): BodyRecord => ({
  line,
  raw: () => Buffer.from(JSON.stringify(record)),
  record,
});

/** A row by the names of its columns; an empty cell is null. What stands under no name has the empty one. */
export function recordOf(header: readonly string[], cells: readonly string[]): RawRecord {
  const pairs: [string, string | null][] = [];
  for (let index = 0; index < header.length; index += 1) {
    const [name, cell] = [header[index] ?? "", cells[index] ?? ""];
    if (name === "" && cell === "") continue;
    if (name !== "" || !isBlank(cell)) pairs.push([name, cell === "" ? null : cell]);
  }
  return Object.fromEntries(pairs);
}
