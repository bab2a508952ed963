import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { formatFen, MAX_FEN, parseFen } from "#server/contracts/money.ts";
import type { RowEdit } from "./use-key-user-writes.tsx";

/** Cells of a row that people edit where they stand. */
export type CellField = "rawPremium" | "rawInfo" | "segment";

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
export const LONGEST: Readonly<Record<CellField, number>> = { rawPremium: 40, rawInfo: 4000, segment: 64 };

/** A blank text is none. */
const coverOf = (text: string): string | null => text.trim() || null;

/** What a cell's field begins with. */
export const textOf = (user: KeyUser, field: CellField): string => user[field] ?? "";

/** Whether a text can be saved; only an amount can be wrong. */
export const isSavable = (field: CellField, text: string): boolean =>
  field !== "rawPremium" || amountOf(text) !== null;

/** What a text asks to be changed in a row as it was seen; null: nothing. */
export function editOf(user: KeyUser, field: CellField, text: string): RowEdit | null {
  if (field !== "rawPremium") {
    const given = coverOf(text);
    return given === user[field] ? null : { [field]: given };
  }
  const rawPremium = amountOf(text);
  return rawPremium === null || rawPremium === user.rawPremium ? null : { rawPremium };
}
