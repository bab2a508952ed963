import type { Importing, ImportPreview } from "#components/key-users/use-import.ts";
import type { AlertRulesPage } from "#server/contracts/api/alert-rules.ts";
import type { PreviewRow, PreviewRowsPage } from "#server/contracts/api/import-preview.ts";
import type { ImportEntry, ImportsPage, UndoResult } from "#server/contracts/api/key-user-imports.ts";
import type { ImportResult, KeyUser, KeyUserChange, KeyUsersPage } from "#server/contracts/api/key-users.ts";

const AT = "2026-11-22T02:00:00.000Z";

export const aKeyUser = (given: Partial<KeyUser> = {}): KeyUser => ({
  userId: "100200300",
  rawPremium: "11190.00",
  rawInfo: "Cancer 500k; Accident 100k",
  segment: null,
  customerName: "王*",
  customerTel: "138 **** 5678",
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
  aKeyUser({ userId: "100200301", segment: "高净值", openCaseId: "7", updatedBy: "Lin Wei" }),
  aKeyUser({ userId: "100200302", rawInfo: null, baselineAsOf: null, customerName: null, customerTel: null }),
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
    segmentBefore: null,
    segmentAfter: source === "edit" ? "高净值" : null,
    customerNameBefore: source === "edit" ? "王*" : null,
    customerNameAfter: source === "edit" ? "王*" : null,
    customerTelBefore: null,
    customerTelAfter: source === "import" ? "138 **** 5678" : null,
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
  refused: 1,
  rejected: [{ line: 7, code: "bad_type", field: "raw_premium", message: "raw_premium is no amount" }],
  conflicts: [{ line: 9, userId: "100200301", fields: ["raw_premium"], version: 4, updatedBy: "stream" }],
  blanks: { rawPremium: 1, rawInfo: 2, segment: 0, customerName: 0, customerTel: 0, baselineAsOf: 0 },
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
  file: { name: "key-users.csv", bytes: new ArrayBuffer(0), chosenAt: 0 },
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

const aPreviewRow = (given: Partial<PreviewRow> = {}): PreviewRow => ({
  line: 18,
  userId: "100274",
  premiumBefore: "300490.00",
  premiumAfter: "318000.00",
  infoBefore: "重疾险 A",
  infoAfter: "重疾险 A",
  segmentBefore: null,
  segmentAfter: null,
  customerNameBefore: null,
  customerNameAfter: null,
  customerTelBefore: null,
  customerTelAfter: null,
  contactMoves: [],
  asOfBefore: AT,
  asOfAfter: AT,
  premiumInFile: "318000.00",
  infoInFile: "重疾险 A",
  segmentInFile: null,
  customerNameInFile: null,
  customerTelInFile: null,
  asOfInFile: null,
  conflicts: [],
  updatedBy: "Lin Wei",
  openCaseId: null,
  ...given,
});

export const somePreviewRows = (): PreviewRowsPage => ({
  items: [
    aPreviewRow(),
    aPreviewRow({
      line: 41,
      userId: "100459",
      premiumBefore: "440760.00",
      premiumAfter: "412500.00",
      infoAfter: "重疾险 B",
      customerNameBefore: "李*",
      customerNameAfter: "李*",
      customerTelAfter: "139 **** 0001",
      contactMoves: ["customer_name", "customer_tel"],
      openCaseId: "20361",
    }),
    aPreviewRow({
      line: 63,
      userId: "100644",
      premiumAfter: "300490.00",
      asOfAfter: "2026-11-23T02:00:00.000Z",
    }),
    aPreviewRow({
      line: 70,
      userId: "100681",
      premiumAfter: "300490.00",
      conflicts: ["raw_premium"],
      updatedBy: "stream",
    }),
  ],
  nextCursor: "next",
});

const anEntry = (given: Partial<ImportEntry> = {}): ImportEntry => ({
  id: "41",
  at: AT,
  actor: "Lin Wei",
  fileName: "key-users-2026-11.csv",
  how: { dialect: "spreadsheet", format: "csv", encoding: "gb18030", separator: "semicolon", blank: "keep" },
  added: 96,
  changed: 210,
  unchanged: 12_055,
  rejected: 23,
  removed: 0,
  conflicts: 0,
  affectedCases: 4,
  undoes: null,
  reason: null,
  undone: null,
  canUndo: true,
  ...given,
});

export const someImports = (): ImportsPage => ({
  items: [
    anEntry(),
    anEntry({
      id: "40",
      undoes: "39",
      how: null,
      fileName: null,
      changed: 88,
      removed: 12,
      conflicts: 3,
      reason: "wrong file",
      canUndo: false,
    }),
    anEntry({
      id: "39",
      rejected: 0,
      undone: { id: "40", at: AT, actor: "Han Mei", reason: "wrong file" },
      canUndo: false,
    }),
    anEntry({ id: "38", fileName: null, how: null, canUndo: false }),
  ],
  nextCursor: "next",
});

export const anUndoResult = (): UndoResult => ({
  back: 210,
  removed: 94,
  left: 2,
  leftRows: [
    { userId: "100274", line: 18, by: "stream", at: AT },
    { userId: "100385", line: 22, by: "Han Mei", at: AT },
  ],
  affectedCases: 4,
  importId: null,
});

export const anImportEntry = (): ImportEntry => anEntry();
