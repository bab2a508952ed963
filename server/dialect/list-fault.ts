import type { Encoding, ListColumn, Separator } from "../contracts/list-form.ts";
import { AppError } from "../lib/errors.ts";

/** Why a file as a whole is no list. */
export type ListFaultCode =
  | "empty_file"
  | "header_only"
  | "no_header"
  | "broken_header"
  | "missing_column"
  | "duplicate_column"
  | "wrong_separator"
  | "not_decodable"
  | "utf16_without_mark"
  | "workbook";

/** Where the fault lies; screens word it in the reader's language. */
export interface FaultPlace {
  /** 1-based. */
  readonly line: number;
  readonly column?: ListColumn;
  /** A name of the header. */
  readonly name?: string;
  readonly encoding?: Encoding;
  /** The separator that the file was read by. */
  readonly separator?: Separator;
  /** The one that it seems to have, as text. */
  readonly found?: string;
}

/** A file that is refused as a whole: nothing of it can be imported. */
export class ListFault extends AppError {
  readonly place: FaultPlace;

  constructor(code: ListFaultCode, message: string, place: FaultPlace) {
    super(code, 400, message, { ...place });
    this.place = place;
  }
}
