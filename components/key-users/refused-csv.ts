import type { RefusedRows } from "#server/contracts/api/import-preview.ts";
import { guarded } from "#server/contracts/formula-guard.ts";

/** By which spreadsheets see UTF-8. */
const MARK = "\u{feff}";

/** Amounts with a sign, and ids as spreadsheets keep whole numbers (`="401003"`), are read as such again. */
const IS_VALUE = /^[-+＋－]?[\d.,，]+\s*[万%]?$|^="\d+"$/;

/** What stood in somebody's file must not become a formula in a spreadsheet. */
const safe = (cell: string): string => (IS_VALUE.test(cell) ? cell : guarded(cell));

const quoted = (cell: string): string =>
  /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;

/**
 * Refused rows as a file to correct: the columns of the file that they came from, their cells as they stood there, and why each was
 * refused. An import leaves the last column alone, so the file can be sent once it is corrected.
 */
export function refusedCsv(
  { header, items }: RefusedRows,
  reasonColumn: string,
  words: (row: RefusedRows["items"][number]) => string,
): string {
  const rows = items.map((row) => lineOf([...row.cells.map(safe), words(row)]));
  return MARK + lineOf([...header.map(safe), reasonColumn]) + rows.join("");
}

/** key-users-2026-11.csv becomes key-users-2026-11 refused.csv. */
export const refusedName = (name: string, word: string): string =>
  `${name.replace(/\.[^.]{1,4}$/, "")} ${word}.csv`;
