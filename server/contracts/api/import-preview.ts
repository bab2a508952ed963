import { z } from "zod";
import { LIST_COLUMNS } from "../list-form.ts";
import { id, instant, listQuery, money, page } from "./common.ts";
import { importReject } from "./key-users.ts";

/** Rows of a preview by what becomes of them; affected: those that are written and whose customer has an open case. */
export const PREVIEW_GROUPS = ["changed", "added", "unchanged", "conflicting", "affected"] as const;
export type PreviewGroup = (typeof PREVIEW_GROUPS)[number];

/** Beside the choices of the import itself. */
export const previewRowsQuery = listQuery.extend({
  group: z.enum(PREVIEW_GROUPS),
  /** `preview` of the dry run that is looked at: when anything has changed since, 409 preview_outdated. */
  preview: z.string().max(200).optional(),
});

/** What an import would do to one customer. */
export const previewRow = z.object({
  line: z.number().int(),
  userId: id,
  /** null: not on the list. */
  premiumBefore: money.nullable(),
  premiumAfter: money.nullable(),
  infoBefore: z.string().nullable(),
  infoAfter: z.string().nullable(),
  segmentBefore: z.string().nullable(),
  segmentAfter: z.string().nullable(),
  /** Masked, as all names and telephones here. */
  customerNameBefore: z.string().nullable(),
  customerNameAfter: z.string().nullable(),
  customerTelBefore: z.string().nullable(),
  customerTelAfter: z.string().nullable(),
  /** Which of them the import writes: two masks may read the same. */
  contactMoves: z.array(z.enum(["customer_name", "customer_tel"])),
  asOfBefore: instant.nullable(),
  asOfAfter: instant.nullable(),
  /** What the line asks for, blank cells by the choice made for them; null: nothing. In a conflict it is not what comes after. */
  premiumInFile: money.nullable(),
  infoInFile: z.string().nullable(),
  segmentInFile: z.string().nullable(),
  customerNameInFile: z.string().nullable(),
  customerTelInFile: z.string().nullable(),
  asOfInFile: instant.nullable(),
  /** Fields that were changed since the export and stay as they are. */
  conflicts: z.array(z.enum(LIST_COLUMNS)),
  /** Who wrote the row last; null: nobody yet. */
  updatedBy: z.string().nullable(),
  openCaseId: id.nullable(),
});
export type PreviewRow = z.infer<typeof previewRow>;

/** POST /api/v1/key-users/imports/rows */
export const previewRowsPage = page(previewRow);
export type PreviewRowsPage = z.infer<typeof previewRowsPage>;

/** POST /api/v1/key-users/imports/refused: what a file to correct is written from. */
export const refusedRows = z.object({
  /** Names and telephones of the file are left out: who asks may not take them out as a file (personal.export). */
  isContactLeftOut: z.boolean(),
  /** The columns as the file names them. */
  header: z.array(z.string()),
  /** Cells as they stand in the file, one for each column. */
  items: z.array(importReject.extend({ cells: z.array(z.string()) })),
});
export type RefusedRows = z.infer<typeof refusedRows>;
