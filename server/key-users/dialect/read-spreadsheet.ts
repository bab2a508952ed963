import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { ListReading } from "#server/contracts/api/list-file.ts";
import { unguarded } from "#server/contracts/formula-guard.ts";
import type { Encoding, ListColumn, Separator } from "#server/contracts/list-form.ts";
import { InvalidInput } from "#server/lib/errors.ts";
import { type CsvTable, openCsv } from "#server/reader/csv.ts";
import { readAmountCell } from "./amount-cell.ts";
import { type CellFault, invisibleIn, plainCell } from "./cell.ts";
import { checkHeader } from "./check-header.ts";
import { decodeList } from "./decode-list.ts";
import { findSeparator, SEPARATOR_TEXT, type SeparatedText } from "./find-separator.ts";
import { readIdCell } from "./id-cell.ts";
import { columnOf, unitOf } from "./list-columns.ts";
import { ListFault } from "./list-fault.ts";
import { quoteFormulas } from "./quote-formulas.ts";
import { readTelephoneCell } from "./telephone-cell.ts";
import { readTimeCell } from "./time-cell.ts";
import { WallClock } from "./wall-clock.ts";

/** How a list is to be read; auto: as it is found out. */
export interface SpreadsheetChoices {
  readonly encoding: Encoding | "auto";
  readonly separator: Separator | "auto";
  /** The business zone: times without a zone are of it. */
  readonly zone: string;
}

/** A row in the strict form of an import, by its columns; or why it has none. */
export type SpreadsheetRow =
  | { readonly line: number; readonly cells: Readonly<Partial<Record<ListColumn, string | null>>> }
  | { readonly line: number; readonly fault: RowFault };

interface RowFault {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

export interface SpreadsheetList {
  readonly rows: readonly SpreadsheetRow[];
  readonly reading: ListReading;
}

/** Lines between two pauses: other requests get their turn. */
const SLICE = 2_000;

/**
 * Reads a list as people's spreadsheets save it, into what the strict form would say. Lines are those of the file.
 * @throws {ListFault} when the file as a whole is no list
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  { encoding, separator, zone }: SpreadsheetChoices,
): Promise<SpreadsheetList> {
  const decoded = decodeList(bytes, encoding);
  if (decoded.text.trim() === "") {
    throw new ListFault("empty_file", "The file is empty. Its first line must name the columns.", {
      line: 1,
    });
  }
  const separated = findSeparator(decoded.text, separator);
  try {
    return await readTable(separated, decoded.encoding, zone);
  } catch (error) {
    if (!(error instanceof ListFault)) throw error;
    throw error.readAs({ encoding: decoded.encoding, separator: separated.separator });
  }
}

async function readTable(
  { text, separator }: SeparatedText,
  encoding: Encoding,
  zone: string,
): Promise<SpreadsheetList> {
  checkHeader(text, separator);
  const table = open(text, separator);
  const columns = table.header.map((name) => ({ column: columnOf(name), unit: unitOf(name) }));
  const clock = new WallClock(zone);
  const rows: SpreadsheetRow[] = [];
  for (const row of table.rows()) {
    rows.push("fault" in row ? { line: row.line, fault: row.fault } : readRow(row, columns, clock));
    if (rows.length % SLICE === 0) await yieldToEvents();
  }
  if (rows.length === 0) {
    const message = "The file holds a header and no rows below it: nothing can be imported.";
    throw new ListFault("header_only", message, { line: table.headerLine });
  }
  const header = table.header.map((name, index) => ({ name, column: columns[index]?.column ?? null }));
  return { rows, reading: { encoding, separator, header } };
}

function open(text: string, separator: Separator): CsvTable {
  const by = SEPARATOR_TEXT[separator];
  try {
    return openCsv(Buffer.from(quoteFormulas(text, by)), by);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new ListFault("no_header", error.message, { line: 1 });
  }
}

interface Column {
  readonly column: ListColumn | null;
  readonly unit: number;
}

function readRow(
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
  columns: readonly Column[],
  clock: WallClock,
): SpreadsheetRow {
  const read: Partial<Record<ListColumn, string | null>> = {};
  for (const [index, { column, unit }] of columns.entries()) {
    const cell = cells[index] ?? "";
    if (column === null) continue;
    const value = cell.trim() === "" ? null : readCell(cell, column, unit, clock);
    if (typeof value === "object" && value !== null) {
      return { line, fault: { code: value.code, field: column, message: value.message } };
    }
    read[column] = value;
  }
  return { line, cells: read };
}

/** Our own guard alone, or the formula that keeps a text: `="a"`. An export guards that as well, so none is taken for the other. */
function readTextCell(cell: string): string {
  const text = unguarded(cell);
  return text === cell ? (/^="([^"]*)"$/.exec(cell)?.[1] ?? cell) : text;
}

function readCell(cell: string, column: ListColumn, unit: number, clock: WallClock): string | CellFault {
  switch (column) {
    case "id":
      return readIdCell(cell);
    case "raw_premium":
      return readAmountCell(cell, unit);
    case "raw_info":
    case "segment":
    case "customer_name":
      return readTextCell(cell);
    case "customer_tel":
      return readTelephoneCell(cell);
    case "baseline_as_of":
      return readTimeCell(cell, clock);
    case "version":
    case "removed_at":
      return invisibleIn(plainCell(cell)) ?? plainCell(cell);
  }
}
