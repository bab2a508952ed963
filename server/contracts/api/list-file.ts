import { z } from "zod";

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
  "baseline_as_of",
  "version",
  "removed_at",
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

/** How a file of a spreadsheet was read: what the preview names and lets people choose otherwise. */
export const listReading = z.object({
  encoding: z.enum(ENCODINGS),
  separator: z.enum(SEPARATORS),
  /** The header as it stands in the file, each name with the column that it was taken for; null: left alone. */
  header: z.array(z.object({ name: z.string(), column: z.enum(LIST_COLUMNS).nullable() })),
});
export type ListReading = z.infer<typeof listReading>;

/** What a blank cell of somebody on the list does to what stands there. */
export const BLANK_CHOICES = ["keep", "erase"] as const;
export type BlankChoice = (typeof BLANK_CHOICES)[number];

/** How a list is to be read: what POST /api/v1/key-users/imports takes in its query beside dryRun and skipRejected. */
export const listChoices = z.object({
  /**
   * strict: UTF-8, commas, the columns' own names. spreadsheet: CSV as people's spreadsheets save it; encoding, separator,
   * names of columns, amounts, ids and times are found out and told in `reading`.
   */
  dialect: z.enum(["strict", "spreadsheet"]).default("strict"),
  encoding: z.enum(["auto", ...ENCODINGS]).default("auto"),
  separator: z.enum(["auto", ...SEPARATORS]).default("auto"),
  /** Left out: keep for a spreadsheet; in the strict form a blank text erases, a blank time says nothing, a blank amount is refused. */
  blank: z.enum(BLANK_CHOICES).optional(),
  /** `preview` of an earlier dry run: if this import would do anything else, nothing is done (409 preview_outdated). */
  preview: z.string().max(200).optional(),
});
export type ListChoices = z.infer<typeof listChoices>;
