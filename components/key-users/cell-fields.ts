import type { KeyUser } from "#server/contracts/api/key-users.ts";
import {
  isName,
  isTelephone,
  LONGEST_NAME,
  LONGEST_TELEPHONE,
  MASKED,
} from "#server/contracts/contact-form.ts";
import { formatFen, MAX_FEN, parseFen } from "#server/contracts/money.ts";
import type { RowEdit } from "./use-key-user-writes.tsx";

/** Cells of a row that people edit where they stand. */
export type CellField = "rawPremium" | "rawInfo" | "segment" | ContactField;

/** Cells whose value an answer holds masked: what is typed is the whole new value. */
export const CONTACT_FIELDS = ["customerName", "customerTel"] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];
export const isContact = (field: CellField): field is ContactField =>
  (CONTACT_FIELDS as readonly CellField[]).includes(field);

/** Digits, in groups of three or in none, and hundredths: what can be read in one way only. */
const AMOUNT = /^[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?$/;

/**
 * Decimal text as the server keeps it, or null when it is no baseline, or could be read in more than one way ("1.234,50"): what an
 * import refuses, a field refuses.
 */
export function amountOf(text: string): string | null {
  const found = AMOUNT.exec(text.normalize("NFKC").trim());
  if (!found) return null;
  const fen = parseFen(`${found[1]?.replaceAll(",", "")}${found[2] ?? ""}`);
  return fen !== null && fen <= MAX_FEN ? formatFen(fen) : null;
}

/** UTF-16 units that a cell's field takes. */
export const LONGEST: Readonly<Record<CellField, number>> = {
  rawPremium: 40,
  rawInfo: 4000,
  segment: 64,
  customerName: LONGEST_NAME,
  customerTel: LONGEST_TELEPHONE,
};

/** A blank text is none. */
const textIn = (text: string): string | null => text.trim() || null;

/** What a cell's field begins with: a mask is no beginning. */
export const textOf = (user: KeyUser, field: CellField): string =>
  isContact(field) ? "" : (user[field] ?? "");

/** Why a text cannot be saved, by its words; null: it can. */
export type CellProblem = "badAmount" | "badName" | "badTelephone" | "masked" | null;

export function problemOf(field: CellField, text: string): CellProblem {
  if (field === "rawPremium") return amountOf(text) === null ? "badAmount" : null;
  if (!isContact(field) || text.trim() === "") return null;
  if (MASKED.test(text)) return "masked";
  if (field === "customerName") return isName(text) ? null : "badName";
  return isTelephone(text) ? null : "badTelephone";
}

/** What a text asks to be changed in a row as it was seen; null: nothing. A name or telephone left blank stays: it is removed on purpose. */
export function editOf(user: KeyUser, field: CellField, text: string): RowEdit | null {
  const given = textIn(text);
  if (isContact(field)) return given === null ? null : { [field]: given };
  if (field !== "rawPremium") return given === user[field] ? null : { [field]: given };
  const rawPremium = amountOf(text);
  return rawPremium === null || rawPremium === user.rawPremium ? null : { rawPremium };
}
