/** Why a cell cannot be taken, as a refused line tells it: never with the cell's own text. */
export interface CellFault {
  readonly code:
    | "invisible_character"
    | "cut_id"
    | "cut_amount"
    | "cut_telephone"
    | "ambiguous_amount"
    | "ambiguous_date"
    | "bad_time";
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

/** What is drawn as nothing: marks of width zero, of writing direction, of byte order. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** Why nobody can see what is wrong with a cell. It is not taken out by itself: what else was copied with it, nobody knows. */
export function invisibleIn(text: string): CellFault | null {
  const code = INVISIBLE.exec(text)?.[0].codePointAt(0);
  if (code === undefined) return null;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const message = `holds an invisible character (${name}), as copies of web pages do; empty the cell and type it again, or replace that character by nothing in the whole column`;
  return { code: "invisible_character", message };
}

/** The number or text that a spreadsheet was forced to keep as text: `="401003"`, `=401003`, `'401003`. */
export function unwrapped(text: string): string {
  const formula = text.startsWith("=") ? text.slice(1).trim() : null;
  const quoted = formula === null ? undefined : /^"([^"]*)"$/.exec(formula)?.[1];
  if (quoted !== undefined) return quoted.trim();
  if (formula !== null && !formula.includes('"')) return formula;
  return text.replace(/^'+/, "").trim();
}

/** `1.23E+17`: what a spreadsheet shows of a number that is too long for its column. */
export const isShortened = (text: string): boolean => /^[+-]?\d+(?:[.,]\d*)?E[+-]?\d+$/i.test(text);
