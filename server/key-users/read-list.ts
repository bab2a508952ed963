import type { ImportHow } from "../contracts/api/key-user-imports.ts";
import type { ListChoices, ListReading } from "../contracts/api/list-file.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import { InvalidInput } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";
import { requireFewLines } from "../reader/require-few-records.ts";
import { readSpreadsheet } from "./dialect/read-spreadsheet.ts";
import { type RawKeyUserRow, readKeyUsers } from "./read-key-user-rows.ts";

export interface ReadList {
  readonly rows: readonly RawKeyUserRow[];
  /** null: the strict form. */
  readonly reading: ListReading | null;
  readonly blank: BlankChoice | undefined;
  /** What the import log says of it. */
  readonly how: ImportHow;
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
    requireFewLines(bytes, LIMITS.records);
    const { rows, reading } = await readSpreadsheet(bytes, { encoding, separator, zone });
    const chosen = blank ?? "keep";
    const found = { encoding: reading.encoding, separator: reading.separator };
    return { rows, reading, blank: chosen, how: { dialect, format, ...found, blank: chosen } };
  }
  if (encoding !== "auto" || separator !== "auto") {
    throw new InvalidInput(
      "An encoding or a separator can be chosen for CSV with dialect=spreadsheet alone.",
    );
  }
  const how = { dialect: "strict", format, encoding: null, separator: null, blank: blank ?? null } as const;
  return { rows: await readKeyUsers(bytes, format), reading: null, blank, how };
}
