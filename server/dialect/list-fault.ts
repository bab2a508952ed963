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
  /** The encoding that the file was read in, or seems to have. */
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

  /** The same, where the file's text could be read: with how that was, for a wrong guess explains much. */
  readAs({ encoding, separator }: Reading): ListFault {
    const by = separator === "tab" ? "a tab" : `a ${separator}`;
    const told = `It was read as ${encoding.toUpperCase()}, with ${by} between its cells; if it is written otherwise, choose that, or save it as CSV UTF-8.`;
    const isTold = this.code === "wrong_separator"; // speaks of nothing else
    return new ListFault(this.code as ListFaultCode, isTold ? this.message : `${this.message} ${told}`, {
      ...this.place,
      encoding,
      separator,
    });
  }
}

/** How a file's text was read. */
interface Reading {
  readonly encoding: Encoding;
  readonly separator: Separator;
}
