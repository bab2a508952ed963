/**
 * Spreadsheets take a text that begins so for a formula; the full-width signs as well, and some pass over control characters
 * before one. An apostrophe before it makes it text.
 * Apostrophes that stand there already count along, so that the guard can be taken off again exactly.
 */
const AT_RISK = /^'*[=+\-@\p{Cc}＝＋－＠]/u;
const GUARDED = /^'+[=+\-@\p{Cc}＝＋－＠]/u;

/** A text that no spreadsheet takes for a formula. Numbers are no texts: never give them here. */
export const guarded = (text: string): string => (AT_RISK.test(text) ? `'${text}` : text);

/** The text that was guarded. */
export const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
