/** Why a cell cannot be taken, as a refused line tells it: never with the cell's own text. */
export interface CellFault {
  readonly code: "cut_id" | "cut_amount" | "ambiguous_amount" | "ambiguous_date" | "bad_time";
  readonly message: string;
}

/** What is said of a long number that a spreadsheet has shortened, and how it comes out whole. */
export const HOW_TO_EXPORT_WHOLE =
  "a spreadsheet has shortened this number and its last digits are lost; format the column as text where they are still whole, and save again";

/** Letters, digits and signs of another width, and spaces of any. */
const OTHER_WIDTH = /[\uFF00-\uFFEF\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;

/**
 * Half-width, without blanks at the ends: `１２３` is 123, a no-break space is a space. No other character is made a digit: the
 * mark of a footnote in `1000¹` would be one more.
 */
export const plainCell = (cell: string): string =>
  cell.replace(OTHER_WIDTH, (character) => character.normalize("NFKC")).trim();

/** The number or text that a spreadsheet was forced to keep as text: `="401003"`, `=401003`, `'401003`. */
export function unwrapped(text: string): string {
  const formula = /^=\s*(?:"([^"]*)"|([^"]*))$/.exec(text);
  if (formula) return (formula[1] ?? formula[2] ?? "").trim();
  return text.replace(/^'+/, "").trim();
}

/** `1.23E+17`: what a spreadsheet shows of a number that is too long for its column. */
export const isShortened = (text: string): boolean => /^[+-]?\d+(?:[.,]\d*)?E[+-]?\d+$/i.test(text);
