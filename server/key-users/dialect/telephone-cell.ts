import { unguarded } from "#server/contracts/formula-guard.ts";
import {
  type CellFault,
  HOW_TO_EXPORT_WHOLE,
  invisibleIn,
  isShortened,
  plainCell,
  unwrapped,
} from "./cell.ts";

/** A telephone as spreadsheets keep it: as a number, as text, or as the formula that forces text. */
export function readTelephoneCell(cell: string): string | CellFault {
  const plain = plainCell(unguarded(cell));
  // `=+86…` is a formula that forces text; a plus alone belongs to the telephone.
  const telephone = plain.startsWith("+") ? plain : unwrapped(plain);
  if (isShortened(telephone)) return { code: "cut_telephone", message: HOW_TO_EXPORT_WHOLE };
  return invisibleIn(telephone) ?? telephone;
}
