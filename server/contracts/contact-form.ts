/** What names and telephones of the list may be. Screens read this as well: it stands apart from the schemas, which they do not carry. */

/** UTF-16 units. */
export const LONGEST_NAME = 100;
/** UTF-16 units. */
export const LONGEST_TELEPHONE = 40;

/** The sign that masks are made of, in each width. It stands in no name and in no telephone: what holds it was masked before. */
export const MASKED = /[*＊]/u;

/** Digits with what people put between them, and an extension; blanks are one by one. */
const TELEPHONE = /^\+?[\d(][\d ()\-–./]*(?:(?:转|ext\.?|x|#|,) ?\d{1,6})?$/iu;
const FEWEST_DIGITS = 5;
const MOST_DIGITS = 26;

/** Whether a text can be called. */
export function isTelephone(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/\s+/gu, " ").trim();
  const digits = plain.replace(/\D/g, "").length;
  return TELEPHONE.test(plain) && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}

/** Whether a text can be what somebody is called. A number is none: it stands in another column. */
export const isName = (text: string): boolean => /\p{L}/u.test(text);
