/** What lists of key users are made of. Screens read this as well: it stands apart from the schemas, which they do not carry. */

/** How the text of a list may be written. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What may stand between two cells, by name: a tab in a query string is easily lost. */
export const SEPARATORS = ["comma", "semicolon", "tab"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** What an import knows in a list; other columns are left alone. */
export const LIST_COLUMNS = [
  "id",
  "raw_premium",
  "raw_info",
  "segment",
  "customer_name",
  "customer_tel",
  "baseline_as_of",
  "version",
  "removed_at",
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

/** What a blank cell of somebody on the list does to what stands there. */
export const BLANK_CHOICES = ["keep", "erase"] as const;
export type BlankChoice = (typeof BLANK_CHOICES)[number];

/** What the list can be sorted by. */
export const KEY_USER_SORTS = [
  "userId",
  "rawPremium",
  "rawInfo",
  "segment",
  "baselineAsOf",
  "updatedBy",
  "updatedAt",
  "state",
] as const;
export type KeyUserSort = (typeof KEY_USER_SORTS)[number];
