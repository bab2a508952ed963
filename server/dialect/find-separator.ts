import { parse } from "csv-parse/sync";
import { SEPARATORS, type Separator } from "../contracts/list-form.ts";
import { columnOf } from "./list-columns.ts";

/** What stands between cells. */
export const SEPARATOR_TEXT = { comma: ",", semicolon: ";", tab: "\t" } as const satisfies Record<
  Separator,
  string
>;

/** A header is looked for no further than this, in characters. */
const MAX_HEADER = 65_536;
/** Rows above the header that hold nothing. */
const BLANK_ROWS = /^(?:[ ,;\t"]*(?:\r\n|\r|\n))+/;
const HINT = /^"?sep=([^\r\n"])"?[ ;,\t]*(?=\r|\n|$)/i;

/** A list and what was said of its separator. */
export interface SeparatedText {
  readonly text: string;
  readonly separator: Separator;
}

/**
 * The separator of a list: by the line `sep=;` that some spreadsheets write first, or the one that splits the header into
 * the most columns that are known. That line, and rows of nothing but separators above the header, are emptied: all others
 * keep their numbers.
 */
export function findSeparator(text: string, asked: Separator | "auto"): SeparatedText {
  const hint = HINT.exec(text);
  const rest = (hint ? text.slice(hint[0].length) : text).replace(BLANK_ROWS, (rows) =>
    rows.replace(/[^\r\n]/g, ""),
  );
  if (asked !== "auto") return { text: rest, separator: asked };
  const hinted = SEPARATORS.find((separator) => SEPARATOR_TEXT[separator] === hint?.[1]);
  return { text: rest, separator: hinted ?? likelySeparator(rest) };
}

/** The separator by which the first line holds the most known columns, then the most cells. */
export function likelySeparator(text: string): Separator {
  const [best] = SEPARATORS.map((separator) => {
    const cells = firstCells(text, separator);
    return { separator, known: knownColumns(cells), cells: cells.length };
  }).sort((a, b) => b.known - a.known || b.cells - a.cells);
  return best?.separator ?? "comma";
}

/** Names among the cells that an import knows. */
export const knownColumns = (cells: readonly string[]): number =>
  cells.filter((cell) => columnOf(cell) !== null).length;

/** Cells of the first line that is not blank; none when its quotes cannot be read. */
export const firstCells = (text: string, separator: Separator): string[] =>
  cellsOf(text, SEPARATOR_TEXT[separator]);

/** The same, by any text that separates. */
export function cellsOf(text: string, delimiter: string): string[] {
  try {
    const rows = parse(text.slice(0, MAX_HEADER), {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      to: 1,
      relax_quotes: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    });
    return rows[0] ?? [];
  } catch {
    return [];
  }
}
