import { isName, isTelephone, LONGEST_NAME, LONGEST_TELEPHONE, MASKED } from "../contracts/contact-form.ts";
import { oneLine } from "../contracts/one-line.ts";
import { LineFault } from "../reader/fault.ts";
import { optionalText, type RawRecord } from "../reader/fields.ts";
import type { OptionalColumn } from "./optional-columns.ts";

/** A cell of a list that cannot be taken, for a reason that lines of streams do not have; never with the cell's own text. */
export class CellRefused extends Error {
  readonly code: "masked" | "bad_name" | "bad_telephone";
  readonly field: OptionalColumn;

  constructor(code: CellRefused["code"], field: OptionalColumn, message: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** One line of text; null: blank; undefined: the list has no such column. @param most UTF-16 units @throws {LineFault} */
export function oneLineCell(
  cells: RawRecord,
  field: OptionalColumn,
  most: number,
): string | null | undefined {
  if (!(field in cells)) return undefined;
  const text = optionalText(cells, field)?.trim() ?? null;
  if (text === null || oneLine(most).safeParse(text).success) return text;
  if (text.length > most) throw new LineFault("too_long", field, `longer than ${most} characters`);
  throw new LineFault("bad_type", field, "must be one line of text");
}

/** @throws {LineFault | CellRefused} */
export function nameCell(cells: RawRecord): string | null | undefined {
  const name = unmaskedCell(cells, "customer_name", LONGEST_NAME);
  if (name == null || isName(name)) return name;
  throw new CellRefused("bad_name", "customer_name", "must hold a letter");
}

/** @throws {LineFault | CellRefused} */
export function telephoneCell(cells: RawRecord): string | null | undefined {
  const telephone = unmaskedCell(cells, "customer_tel", LONGEST_TELEPHONE);
  if (telephone == null || isTelephone(telephone)) return telephone;
  const message = "must be a telephone: digits, with +, blanks, hyphens or brackets if wanted";
  throw new CellRefused("bad_telephone", "customer_tel", message);
}

/** A mask is what a screen shows in place of a value: written back, it would take the value's place. */
function unmaskedCell(cells: RawRecord, field: OptionalColumn, most: number): string | null | undefined {
  const text = oneLineCell(cells, field, most);
  if (text == null || !MASKED.test(text)) return text;
  throw new CellRefused("masked", field, "is masked: write the whole value, or leave the column out");
}
