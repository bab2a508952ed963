import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { formatFen, isBelowZero, MAX_FEN, parseFen } from "#server/contracts/money.ts";
import type { RowEdit } from "./use-key-user-writes.ts";

/** Cells of a row that people edit where they stand. */
export type CellField = "rawPremium" | "rawInfo";

/** Decimal text as the server keeps it, or null when it is no baseline. */
export function amountOf(text: string): string | null {
  const plain = text.replaceAll(",", "");
  const fen = parseFen(plain);
  return fen !== null && fen <= MAX_FEN && !isBelowZero(plain) ? formatFen(fen) : null;
}

/** A blank text is none. */
const coverOf = (text: string): string | null => text.trim() || null;

/** What a cell's field begins with. */
export const textOf = (user: KeyUser, field: CellField): string => user[field] ?? "";

/** Whether a text can be saved; only an amount can be wrong. */
export const isSavable = (field: CellField, text: string): boolean =>
  field === "rawInfo" || amountOf(text) !== null;

/** What a text asks to be changed in a row as it was seen; null: nothing. */
export function editOf(user: KeyUser, field: CellField, text: string): RowEdit | null {
  if (field === "rawInfo") {
    const rawInfo = coverOf(text);
    return rawInfo === user.rawInfo ? null : { rawInfo };
  }
  const rawPremium = amountOf(text);
  return rawPremium === null || rawPremium === user.rawPremium ? null : { rawPremium };
}
