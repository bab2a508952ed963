import type { Importing, ImportPreview } from "#components/key-users/use-import.ts";
import type { AlertRulesPage } from "#server/contracts/api/alert-rules.ts";
import type { ImportResult, KeyUser, KeyUserChange, KeyUsersPage } from "#server/contracts/api/key-users.ts";

const AT = "2026-11-22T02:00:00.000Z";

export const aKeyUser = (given: Partial<KeyUser> = {}): KeyUser => ({
  userId: "100200300",
  rawPremium: "11190.00",
  rawInfo: "Cancer 500k; Accident 100k",
  baselineAsOf: AT,
  version: 3,
  updatedAt: AT,
  updatedBy: "stream",
  removedAt: null,
  openCaseId: null,
  ...given,
});

export const someKeyUsers = (): KeyUser[] => [
  aKeyUser(),
  aKeyUser({ userId: "100200301", openCaseId: "7", updatedBy: "Lin Wei" }),
  aKeyUser({ userId: "100200302", rawInfo: null, baselineAsOf: null }),
  aKeyUser({ userId: "100200303", removedAt: AT }),
];

export const aKeyUsersPage = (items = someKeyUsers()): KeyUsersPage => ({
  items,
  nextCursor: null,
  total: items.length,
});

const SOURCES = ["stream", "add", "edit", "import", "remove", "restore"] as const;
export const someChanges = (): { readonly items: KeyUserChange[] } => ({
  items: SOURCES.map((source, index) => ({
    id: String(index + 1),
    at: AT,
    source,
    actor: source === "stream" ? null : "Lin Wei",
    reason: source === "edit" ? "The contract says otherwise" : null,
    effectiveAt: AT,
    premiumBefore: source === "add" ? null : "11190.00",
    premiumAfter: source === "remove" ? null : "8414.90",
    infoBefore: null,
    infoAfter: "Cancer 300k",
  })),
});

export const someRules = (): AlertRulesPage => ({
  items: [
    {
      version: 2,
      stepPercent: "12.50",
      cumulativePercent: "15.00",
      createdAt: AT,
      createdBy: { id: "lin", name: "Lin Wei" },
      reason: "Too few alerts",
    },
    {
      version: 1,
      stepPercent: "15.00",
      cumulativePercent: "15.00",
      createdAt: AT,
      createdBy: null,
      reason: null,
    },
  ],
  nextCursor: null,
});

export const anImportResult = (given: Partial<ImportResult> = {}): ImportResult => ({
  lines: 120,
  added: 100,
  changed: 12,
  unchanged: 6,
  conflicting: 1,
  rejected: [{ line: 7, code: "bad_type", field: "raw_premium", message: "raw_premium is no amount" }],
  conflicts: [{ line: 9, userId: "100200301", fields: ["raw_premium"], version: 4, updatedBy: "stream" }],
  blanks: { rawPremium: 1, rawInfo: 2, baselineAsOf: 0 },
  affectedCases: 1,
  reading: {
    encoding: "gb18030",
    separator: "semicolon",
    header: [
      { name: "客户号", column: "id" },
      { name: "保费", column: "raw_premium" },
      { name: "备注", column: null },
    ],
  },
  preview: "p1",
  importId: null,
  addedIds: null,
  ...given,
});

export const anImportPreview = (given: Partial<ImportPreview> = {}): ImportPreview => ({
  file: { name: "key-users.csv", bytes: new ArrayBuffer(0) },
  choices: { encoding: "auto", separator: "auto", blank: "keep" },
  result: anImportResult(),
  fault: null,
  isRenewed: false,
  ...given,
});

export const anImport = (shown: ImportPreview, given: Partial<Importing> = {}): Importing => ({
  shown,
  isChecking: false,
  isImporting: false,
  open: async () => undefined,
  choose: () => undefined,
  execute: () => undefined,
  close: () => undefined,
  ...given,
});
