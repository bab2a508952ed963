import { isUtf8 } from "node:buffer";
import { type CsvError, type Info, parse } from "csv-parse/sync";
import { InvalidInput } from "../lib/errors.ts";
import { LineFault } from "./fault.ts";
import { LIMITS } from "./limits.ts";
import type { BodyRecord } from "./records.ts";

const REPLACEMENT = "\u{fffd}";

interface Row {
  readonly record: Record<string, string>;
  readonly info: Info & { raw?: string };
  readonly raw: string;
}

/**
 * CSV with a header; an empty cell is null. Lines are those of the file, the header being line 1.
 * @throws {InvalidInput} when there is no header to read by
 */
export function* readCsv(body: Buffer): Generator<BodyRecord> {
  const isValid = isUtf8(body);
  const skipped: BodyRecord[] = [];
  const rows = parseRows(body.toString("utf8"), skipped);
  for (const row of rows) yield readRow(row, isValid);
  yield* skipped;
}

function parseRows(text: string, skipped: BodyRecord[]): Row[] {
  try {
    return parse(text, {
      bom: true,
      columns: checkedHeader,
      info: true,
      raw: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error: CsvError | undefined, raw: string | undefined) => {
        skipped.push(skippedRow(error, raw ?? ""));
      },
    }) as unknown as Row[];
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput(
      "The body is not CSV with a header line. Name the original columns in the first line.",
    );
  }
}

function checkedHeader(header: string[]): string[] {
  if (header.some((name) => name.trim() !== "")) return header.map((name) => name.trim());
  throw new InvalidInput("The CSV has no header. Name the original columns in the first line.");
}

function skippedRow(error: CsvError | undefined, text: string): BodyRecord {
  const line = typeof error?.lines === "number" ? error.lines : 0;
  const message = "the row does not have the header's columns, or its quotes do not match";
  return { line, raw: () => Buffer.from(text), fault: new LineFault("bad_type", null, message) };
}

function readRow({ record, info, raw: text }: Row, isValid: boolean): BodyRecord {
  const raw = () => Buffer.from(text);
  const line = info.lines;
  if (text.length > LIMITS.lineBytes) {
    const message = `the row is longer than ${LIMITS.lineBytes} bytes`;
    return { line, raw, fault: new LineFault("too_long", null, message) };
  }
  if (!isValid && text.includes(REPLACEMENT)) {
    return { line, raw, fault: new LineFault("bad_utf8", null, "the row is not UTF-8") };
  }
  const cells = Object.entries(record).map(([name, cell]) => [name, cell === "" ? null : cell]);
  return { line, raw, record: Object.fromEntries(cells) };
}
