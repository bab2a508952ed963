import {
  type CellFault,
  HOW_TO_EXPORT_WHOLE,
  invisibleIn,
  isShortened,
  plainCell,
  unwrapped,
} from "./cell.ts";

/** An id as a spreadsheet keeps it, as the plain digits that the list's rules then check. */
export function readIdCell(cell: string): string | CellFault {
  const text = unwrapped(plainCell(cell));
  if (isShortened(text)) return { code: "cut_id", message: HOW_TO_EXPORT_WHOLE };
  return invisibleIn(text) ?? text;
}
