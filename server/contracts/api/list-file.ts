import { z } from "zod";
import { BLANK_CHOICES, ENCODINGS, LIST_COLUMNS, SEPARATORS } from "../list-form.ts";

/** How a file of a spreadsheet was read: what the preview names and lets people choose otherwise. */
export const listReading = z.object({
  encoding: z.enum(ENCODINGS),
  separator: z.enum(SEPARATORS),
  /** The header as it stands in the file, each name with the column that it was taken for; null: left alone. */
  header: z.array(z.object({ name: z.string(), column: z.enum(LIST_COLUMNS).nullable() })),
});
export type ListReading = z.infer<typeof listReading>;

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
