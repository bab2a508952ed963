import type { RefusedRows } from "#server/contracts/api/import-preview.ts";

/** By which spreadsheets see UTF-8. */
const MARK = "\u{feff}";

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
  const rows = items.map((row) => lineOf([...row.cells, words(row)]));
  return MARK + lineOf([...header, reasonColumn]) + rows.join("");
}

/** key-users-2026-11.csv becomes key-users-2026-11 refused.csv. */
export const refusedName = (name: string, word: string): string =>
  `${name.replace(/\.[^.]{1,4}$/, "")} ${word}.csv`;
