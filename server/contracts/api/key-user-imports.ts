import { z } from "zod";
import { BLANK_CHOICES, ENCODINGS, SEPARATORS } from "../list-form.ts";
import { id, instant, listQuery, money, page } from "./common.ts";

/** How an imported file was read. */
export const importHow = z.object({
  dialect: z.enum(["strict", "spreadsheet"]),
  format: z.enum(["csv", "ndjson", "json"]),
  /** null: of the strict form, which knows but one. */
  encoding: z.enum(ENCODINGS).nullable(),
  separator: z.enum(SEPARATORS).nullable(),
  /** null: the strict form's own rule. */
  blank: z.enum(BLANK_CHOICES).nullable(),
});
export type ImportHow = z.infer<typeof importHow>;

/** One entry of the import log: an import of the list, or the undo of one (rule W4). */
export const importEntry = z.object({
  id,
  at: instant,
  /** A person's name, a key's, or a command's user. */
  actor: z.string(),
  /** As its sender calls it; null: not told. */
  fileName: z.string().nullable(),
  /** null: an undo, or an import of before this was kept. */
  how: importHow.nullable(),
  added: z.number().int(),
  /** Of an undo: rows that went back to what stood before. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** Rows that an undo took off the list. */
  removed: z.number().int(),
  /** Of an undo: rows that were changed since, and left. */
  conflicts: z.number().int(),
  affectedCases: z.number().int(),
  /** The import that this entry undoes; null: it is an import. */
  undoes: id.nullable(),
  reason: z.string().nullable(),
  /** The entry that undid this import. */
  undone: z.object({ id, at: instant, actor: z.string(), reason: z.string().nullable() }).nullable(),
  /** Whether it can be undone: an import whose rows are still kept, and that was not undone yet. */
  canUndo: z.boolean(),
});
export type ImportEntry = z.infer<typeof importEntry>;

/** GET /api/v1/key-users/imports , newest first. */
export const importsPage = page(importEntry);
export type ImportsPage = z.infer<typeof importsPage>;

/** add, change, restore: what an import did; back, remove, leave: what its undo did. */
export const rowAction = z.enum(["add", "change", "restore", "back", "remove", "leave"]);

export const importedRowsQuery = listQuery.extend({ action: rowAction.optional() });

/** What one entry of the log did to one customer. */
export const importedRow = z.object({
  userId: id,
  /** Of the file. */
  line: z.number().int(),
  action: rowAction,
  /** The version that it made; of a row that was left, the one that stands. */
  version: z.number().int(),
  /** null: the customer was not on the list. */
  premiumBefore: money.nullable(),
  /** null: the customer is off the list. */
  premiumAfter: money.nullable(),
  infoBefore: z.string().nullable(),
  infoAfter: z.string().nullable(),
  segmentBefore: z.string().nullable(),
  segmentAfter: z.string().nullable(),
  /** Masked. */
  customerNameBefore: z.string().nullable(),
  customerNameAfter: z.string().nullable(),
  customerTelBefore: z.string().nullable(),
  customerTelAfter: z.string().nullable(),
  /** Who changed it since, and when: of a row that was left. */
  left: z.object({ by: z.string(), at: instant }).nullable(),
});
export type ImportedRow = z.infer<typeof importedRow>;
export const importedRowsPage = page(importedRow);
export type ImportedRowsPage = z.infer<typeof importedRowsPage>;

export const undoBody = z.object({ reason: z.string().trim().min(1).max(1000).optional() });

/** POST /api/v1/key-users/imports/{importId}/undo */
export const undoResult = z.object({
  /** Rows that go back to what stood before. */
  back: z.number().int(),
  /** Rows that leave the list, because the import had put them on it. */
  removed: z.number().int(),
  /** Rows that people or the stream have changed since: they stay as they are. */
  left: z.number().int(),
  /** The first of them; the log's rows have them all. */
  leftRows: z.array(z.object({ userId: id, line: z.number().int(), by: z.string(), at: instant })),
  affectedCases: z.number().int(),
  /** The undo's own entry in the log; null: a dry run, which changed nothing. */
  importId: id.nullable(),
});
export type UndoResult = z.infer<typeof undoResult>;
