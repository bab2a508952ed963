import { z } from "zod";
import { LIST_COLUMNS } from "../list-form.ts";
import { id, instant, listQuery, money, page } from "./common.ts";
import { listReading } from "./list-file.ts";

export const keyUser = z.object({
  userId: id,
  rawPremium: money,
  rawInfo: z.string().nullable(),
  /** null: since the beginning of time. */
  baselineAsOf: instant.nullable(),
  version: z.number().int(),
  updatedAt: instant,
  /** 'stream', a person's name or an import. */
  updatedBy: z.string(),
  removedAt: instant.nullable(),
  /** Whether an open case exists. */
  openCaseId: id.nullable(),
});
export type KeyUser = z.infer<typeof keyUser>;

export const keyUsersQuery = listQuery.extend({
  search: z.string().max(200).optional(),
  /** active (default), removed, all. */
  status: z.enum(["active", "removed", "all"]).default("active"),
  sort: z.enum(["userId", "rawPremium", "updatedAt"]).default("userId"),
});
export const keyUsersPage = page(keyUser).extend({ total: z.number().int() });
export type KeyUsersPage = z.infer<typeof keyUsersPage>;

/** From here on a JSON number may have lost hundredths before anybody reads it. */
const INEXACT_FROM = 1e13;
/** Money as people and programs write it: number or text, rounded half away from zero by the server. */
export const moneyInput = z.union([
  z.string(),
  z
    .number()
    .refine(
      (value) => Math.abs(value) < INEXACT_FROM,
      "an amount this large loses digits as a number: send it as text",
    ),
]);
export const newKeyUser = z.object({
  userId: z.union([id, z.number().int()]),
  rawPremium: moneyInput,
  rawInfo: z.string().max(4000).nullable().default(null),
  baselineAsOf: instant.nullable().default(null),
});
/**
 * What moved in a row since the version that a writer named: `moves` of a 409. The newest change of each field, by the stream, a
 * person's name or a key's (rule W5).
 */
export const fieldMove = z.object({
  field: z.enum(["rawPremium", "rawInfo", "removedAt"]),
  by: z.string(),
  at: instant,
});
export type FieldMove = z.infer<typeof fieldMove>;

export const keyUserPatch = z.object({
  rawPremium: moneyInput.optional(),
  rawInfo: z.string().max(4000).nullable().optional(),
  reason: z.string().max(1000).optional(),
});

export const importReject = z.object({
  line: z.number().int(),
  code: z.string(),
  field: z.string().nullable(),
  message: z.string(),
});
/**
 * A row that names an older version of its user: these fields were changed since by somebody else, or by the stream, and stay
 * as they stand. Other fields of the row are imported.
 */
export const importConflict = z.object({
  line: z.number().int(),
  userId: id,
  /** removed_at: the user was taken off the list, or put back. */
  fields: z.array(z.enum(LIST_COLUMNS)).min(1),
  /** The version that stands, and who made it: 'stream', a person's name or an import. */
  version: z.number().int(),
  updatedBy: z.string(),
});
export type ImportConflict = z.infer<typeof importConflict>;

/** POST /api/v1/key-users/imports */
export const importResult = z.object({
  /** Rows of the file, without its header: added, changed, unchanged, conflicting and rejected add up to them. */
  lines: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that are left whole, because all that they would change was changed since. */
  conflicting: z.number().int(),
  rejected: z.array(importReject),
  /** Fields that were changed since and stay: of conflicting rows, and of rows whose other fields are imported. */
  conflicts: z.array(importConflict),
  /** Blank cells of users on the list where something stands, by field. */
  blanks: z.object({
    rawPremium: z.number().int(),
    rawInfo: z.number().int(),
    baselineAsOf: z.number().int(),
  }),
  affectedCases: z.number().int(),
  /** How a spreadsheet's file was read; null when it had to be in the strict form. */
  reading: listReading.nullable(),
  /** What the whole answer is known by: sent with the import itself, nothing else than this is done. */
  preview: z.string(),
  /** null in a dry run, or when nothing was imported. */
  importId: id.nullable(),
  /** Customers that came onto the list by it; null: a dry run, or too many to name. */
  addedIds: z.array(id).nullable(),
});
export type ImportResult = z.infer<typeof importResult>;

/** GET /api/v1/key-users/{userId}/history , newest first. */
export const keyUserChange = z.object({
  id,
  at: instant,
  source: z.enum(["stream", "add", "edit", "import", "remove", "restore", "undo", "revert"]),
  actor: z.string().nullable(),
  reason: z.string().nullable(),
  effectiveAt: instant.nullable(),
  premiumBefore: money.nullable(),
  premiumAfter: money.nullable(),
  infoBefore: z.string().nullable(),
  infoAfter: z.string().nullable(),
});
export type KeyUserChange = z.infer<typeof keyUserChange>;
