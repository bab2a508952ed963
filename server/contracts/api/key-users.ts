import { z } from "zod";
import { isName, isTelephone, LONGEST_NAME, LONGEST_TELEPHONE, MASKED } from "../contact-form.ts";
import { KEY_USER_SORTS, LIST_COLUMNS } from "../list-form.ts";
import { oneLine } from "../one-line.ts";
import { segmentName } from "../person-verbs.ts";
import { businessDate, id, instant, listQuery, money, page } from "./common.ts";
import { listReading } from "./list-file.ts";

export const keyUser = z.object({
  userId: id,
  rawPremium: money,
  rawInfo: z.string().nullable(),
  /** By which managers see some customers and not others; null: of none. */
  segment: z.string().nullable(),
  /** Masked; null: the list has none. */
  customerName: z.string().nullable(),
  /** Masked; null: the list has none. */
  customerTel: z.string().nullable(),
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
  /** Holds the beginning of a text, where the list is sorted by one. */
  cursor: z.string().max(1000).optional(),
  /** Customer numbers that begin so, covers that hold it; asked by a person also whole names, surnames and telephones. */
  search: z.string().max(200).optional(),
  /** active (default), removed, all. */
  status: z.enum(["active", "removed", "all"]).default("active"),
  sort: z.enum(KEY_USER_SORTS).default("userId"),
  /** Left out: customers, texts and names ascending; amounts, times and states descending. */
  direction: z.enum(["asc", "desc"]).optional(),
  /** Amounts of the baseline, both included. */
  amountFrom: z.string().max(40).optional(),
  amountTo: z.string().max(40).optional(),
  openCase: z.enum(["yes", "no"]).optional(),
  segment: segmentName.optional(),
  /** Who wrote the row last: stream, or the id of a person or a key. */
  editor: z.string().max(200).optional(),
  /** A point in time, or a business date: from its first moment. */
  changedSince: z.union([businessDate, instant]).optional(),
});
/** GET /api/v1/key-users/editors: who wrote rows of the list last. */
export const keyUserEditors = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
export type KeyUserEditors = z.infer<typeof keyUserEditors>;
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
/** A mask is what an answer holds in place of a value: written back, it would take the value's place. */
const unmasked = (most: number) =>
  oneLine(most).refine((text) => !MASKED.test(text), {
    message: "is masked: write the whole value, or leave it out",
    abort: true,
  });
const customerName = unmasked(LONGEST_NAME).refine(isName, "must hold a letter");
const customerTel = unmasked(LONGEST_TELEPHONE).refine(
  isTelephone,
  "must be a telephone: digits, with +, blanks, hyphens or brackets if wanted",
);

export const newKeyUser = z.object({
  userId: z.union([id, z.number().int()]),
  rawPremium: moneyInput,
  rawInfo: z.string().max(4000).nullable().default(null),
  segment: segmentName.nullable().default(null),
  customerName: customerName.nullable().default(null),
  customerTel: customerTel.nullable().default(null),
  baselineAsOf: instant.nullable().default(null),
});
/**
 * What moved in a row since the version that a writer named: `moves` of a 409. The newest change of each field, by the stream, a
 * person's name or a key's (rule W5).
 */
export const fieldMove = z.object({
  field: z.enum(["rawPremium", "rawInfo", "segment", "customerName", "customerTel", "removedAt"]),
  by: z.string(),
  at: instant,
});
export type FieldMove = z.infer<typeof fieldMove>;

export const keyUserPatch = z.object({
  rawPremium: moneyInput.optional(),
  rawInfo: z.string().max(4000).nullable().optional(),
  /** null: of none. */
  segment: segmentName.nullable().optional(),
  /** In clear; null: the list is to have none. */
  customerName: customerName.nullable().optional(),
  /** In clear; null: the list is to have none. */
  customerTel: customerTel.nullable().optional(),
  reason: z.string().max(1000).optional(),
});

/** POST /api/v1/key-users/{userId}/revert */
export const revertBody = z.object({ changeId: id, reason: z.string().trim().max(1000).optional() });

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

/** Refused rows listed in one answer at most. */
export const MAX_LISTED_REFUSALS = 1_000;

/** POST /api/v1/key-users/imports */
export const importResult = z.object({
  /** Rows of the file, without its header: added, changed, unchanged, conflicting and refused add up to them. */
  lines: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that are left whole, because all that they would change was changed since. */
  conflicting: z.number().int(),
  /** Rows that cannot be taken. */
  refused: z.number().int(),
  /** The first of them, each with its reason. */
  rejected: z.array(importReject).max(MAX_LISTED_REFUSALS),
  /** Fields that were changed since and stay: of conflicting rows, and of rows whose other fields are imported. */
  conflicts: z.array(importConflict),
  /** Blank cells of users on the list where something stands, by field. */
  blanks: z.object({
    rawPremium: z.number().int(),
    rawInfo: z.number().int(),
    segment: z.number().int(),
    customerName: z.number().int(),
    customerTel: z.number().int(),
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
  /** Where the change moved it: else both are null. */
  segmentBefore: z.string().nullable(),
  segmentAfter: z.string().nullable(),
  /** Masked. Where the change moved it: else both are null. Two masks may read the same. */
  customerNameBefore: z.string().nullable(),
  customerNameAfter: z.string().nullable(),
  customerTelBefore: z.string().nullable(),
  customerTelAfter: z.string().nullable(),
});
export type KeyUserChange = z.infer<typeof keyUserChange>;
