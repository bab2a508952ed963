import type { ListChoices, ListReading } from "../contracts/api/list-file.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import { InvalidInput } from "../lib/errors.ts";
import { requireFewLines } from "../reader/require-few-records.ts";
import { readSpreadsheet } from "./dialect/read-spreadsheet.ts";
import { type RawKeyUserRow, readKeyUsers } from "./read-key-user-rows.ts";

export interface ReadList {
  readonly rows: readonly RawKeyUserRow[];
  /** null: the strict form. */
  readonly reading: ListReading | null;
  readonly blank: BlankChoice | undefined;
}

/**
 * Reads a list in the form that was asked for. A list of objects has no other form than the strict one.
 * @throws {ListFault | InvalidInput | TooLarge} the file as a whole is no list
 */
export async function readList(
  { bytes, format }: { readonly bytes: Buffer; readonly format: BodyFormat },
  { dialect, encoding, separator, blank }: Omit<ListChoices, "preview">,
  zone: string,
): Promise<ReadList> {
  if (dialect === "spreadsheet" && format === "csv") {
    requireFewLines(bytes);
    const { rows, reading } = await readSpreadsheet(bytes, { encoding, separator, zone });
    return { rows, reading, blank: blank ?? "keep" };
  }
  if (encoding !== "auto" || separator !== "auto") {
    throw new InvalidInput(
      "An encoding or a separator can be chosen for CSV with dialect=spreadsheet alone.",
    );
  }
  return { rows: await readKeyUsers(bytes, format), reading: null, blank };
}
