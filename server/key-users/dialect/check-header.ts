import { type ListColumn, SEPARATORS, type Separator } from "#server/contracts/list-form.ts";
import { RowScanner } from "#server/reader/csv-row.ts";
import { cellsOf, firstCells, knownColumns, SEPARATOR_TEXT } from "./find-separator.ts";
import { columnOf } from "./list-columns.ts";
import { ListFault } from "./list-fault.ts";
import { quoteFormulas } from "./quote-formulas.ts";

const REQUIRED: readonly ListColumn[] = ["id", "raw_premium", "raw_info"];
/** What else people put between cells. */
const OTHER_SEPARATORS = ["|", "；", "，", "、", ":"];

/**
 * Whether the first line of a list names what an import needs, each once.
 * @throws {ListFault} no_header, broken_header, wrong_separator, duplicate_column or missing_column
 */
export function checkHeader(text: string, separator: Separator): void {
  const line = headerLineOf(text);
  const cells = firstCells(text, separator);
  const columns = cells.map(columnOf);
  const known = knownColumns(cells);
  requireRightSeparator(text, { separator, line, known });
  requireReadable(text, separator, line);
  if (known === 0) {
    const message = `Line ${line} names no column that is known. The first line must name id, raw_premium and raw_info.`;
    throw new ListFault("no_header", message, { line });
  }
  const twice = cells.find((_cell, index) => isNamedBefore(cells, columns, index));
  if (twice !== undefined) {
    const column = columnOf(twice);
    const message = `Line ${line} names the column ${column ?? twice.trim()} twice. Leave one of them out.`;
    throw new ListFault("duplicate_column", message, {
      line,
      name: twice.trim(),
      ...(column ? { column } : {}),
    });
  }
  const missing = REQUIRED.find((column) => !columns.includes(column));
  if (missing) {
    const message = `Line ${line} must name the columns id, raw_premium and raw_info: ${missing} is missing.`;
    throw new ListFault("missing_column", message, { line, column: missing });
  }
}

/** 1-based; lines above the header are empty. */
const headerLineOf = (text: string): number => (/^\s*/.exec(text)?.[0].match(/\r\n|\r|\n/g)?.length ?? 0) + 1;

function requireRightSeparator(
  text: string,
  { separator, line, known }: { separator: Separator; line: number; known: number },
): void {
  const choosable: string[] = SEPARATORS.filter((other) => other !== separator).map(
    (other) => SEPARATOR_TEXT[other],
  );
  const better = [...choosable, ...OTHER_SEPARATORS].find(
    (other) => knownColumns(cellsOf(text, other)) > Math.max(known, 1),
  );
  if (better === undefined) return;
  const advice = choosable.includes(better)
    ? "Choose that separator, or save the list as CSV UTF-8."
    : "Save the list with “,”, “;” or a tab between its cells.";
  const message = `Line ${line} was read with ${shown(SEPARATOR_TEXT[separator])} between its cells, but they seem to be separated by ${shown(better)}. ${advice}`;
  throw new ListFault("wrong_separator", message, { line, separator, found: better });
}

/** A quote that is never closed hides the names behind it: to say that they are missing would mislead. */
function requireReadable(text: string, separator: Separator, line: number): void {
  const by = SEPARATOR_TEXT[separator];
  if (new RowScanner(Buffer.from(quoteFormulas(text.trimStart(), by)), by).scan(0)) return;
  const message = `The header in line ${line} cannot be read: its quotes do not match, or it is too long. Close each quote that is opened, or leave the quotes out.`;
  throw new ListFault("broken_header", message, { line });
}

const shown = (separator: string): string => (separator === "\t" ? "a tab" : `“${separator}”`);

function isNamedBefore(
  cells: readonly string[],
  columns: readonly (ListColumn | null)[],
  index: number,
): boolean {
  const [name, column] = [cells[index]?.trim() ?? "", columns[index] ?? null];
  return cells
    .slice(0, index)
    .some(
      (earlier, at) =>
        (column !== null && columns[at] === column) || (name !== "" && earlier.trim() === name),
    );
}
