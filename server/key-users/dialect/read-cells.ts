import type { Encoding, Separator } from "#server/contracts/list-form.ts";
import { openCsv } from "#server/reader/csv.ts";
import { decodeList } from "./decode-list.ts";
import { findSeparator, SEPARATOR_TEXT } from "./find-separator.ts";
import { quoteFormulas } from "./quote-formulas.ts";

/** Rows of a list as they stand in the file. */
export interface ListCells {
  readonly header: readonly string[];
  /** By line: one cell for each column. */
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

/**
 * The cells of some lines, nothing read into them. A row that has other columns than the header keeps all that it holds: what is too
 * much stands in its last cell.
 */
export function readCells(
  bytes: Uint8Array,
  choices: { readonly encoding: Encoding | "auto"; readonly separator: Separator | "auto" },
  lines: ReadonlySet<number>,
): ListCells {
  const { text, separator } = findSeparator(decodeList(bytes, choices.encoding).text, choices.separator);
  const by = SEPARATOR_TEXT[separator];
  const body = Buffer.from(quoteFormulas(text, by));
  const table = openCsv(body, by);
  const rows = new Map<number, readonly string[]>();
  for (const row of table.rows()) {
    if (!lines.has(row.line)) continue;
    const cells = "cells" in row ? row.cells : splitPlainly(Buffer.from(row.raw()).toString(), by);
    rows.set(row.line, fitted(cells, table.header.length, by));
  }
  return { header: table.header, rows };
}

/** A row that cannot be read by the rules of quotes, cut at its separators alone. */
function splitPlainly(text: string, by: string): string[] {
  let end = text.length;
  while (end > 0 && "\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).split(by);
}

function fitted(cells: readonly string[], width: number, by: string): string[] {
  if (cells.length > width) return [...cells.slice(0, width - 1), cells.slice(width - 1).join(by)];
  return [...cells, ...Array.from({ length: width - cells.length }, () => "")];
}
