import { parse } from "csv-parse/sync";
import type { z } from "zod";
import { instant } from "../contracts/api/common.ts";
import type { importReject } from "../contracts/api/key-users.ts";
import { formatFen, MAX_FEN, parseFen } from "../contracts/money.ts";
import { InvalidInput } from "../lib/errors.ts";

export type ImportReject = z.infer<typeof importReject>;

/** One line of a list, as it came: text by column, absent or empty is null. */
export interface RawKeyUserRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
}

/** A line that can be imported. */
export interface KeyUserRow {
  readonly line: number;
  readonly userId: string;
  /** Decimal text. */
  readonly rawPremium: string;
  readonly rawInfo: string | null;
  /** ms; null: not given. */
  readonly asOf: number | null;
}

const REQUIRED = ["id", "raw_premium", "raw_info"] as const;
const MAX_INFO = 4_000;
/** The year 10000, ms: what ISO 8601 writes with four digits of year ends here. */
const TIME_END = 253_402_300_800_000;

/** Reads CSV with a header; lines count from 1, the header being line 1. @throws {InvalidInput} */
export function readKeyUserCsv(text: string): RawKeyUserRow[] {
  if (text.trim() === "") checkedHeader([]); // the reader calls nobody for a file without lines
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      columns: checkedHeader,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as typeof rows;
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput("The file is not CSV: a quote is not closed, or a line cannot be read.");
  }
  return rows.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(
      Object.entries(record).map(([name, cell]) => [name, cell === "" ? null : cell]),
    ),
  }));
}

function checkedHeader(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  for (const required of REQUIRED) {
    if (names.includes(required)) continue;
    throw new InvalidInput(
      `The first line must name the columns id,raw_premium,raw_info: ${required} is missing.`,
    );
  }
  return names;
}

/** Sorts lines into those that can be imported and those that cannot; the first line of an id counts. */
export function validateKeyUserRows(raw: readonly RawKeyUserRow[]): {
  rows: KeyUserRow[];
  rejected: ImportReject[];
} {
  const rows: KeyUserRow[] = [];
  const rejected: ImportReject[] = [];
  const lineOf = new Map<string, number>();
  for (const each of raw) {
    const row = validate(each);
    if ("code" in row) {
      rejected.push(row);
      continue;
    }
    const first = lineOf.get(row.userId);
    if (first === undefined) {
      lineOf.set(row.userId, row.line);
      rows.push(row);
    } else {
      rejected.push({
        line: row.line,
        code: "duplicate_id",
        field: "id",
        message: `the same id as line ${first}`,
      });
    }
  }
  return { rows, rejected };
}

function validate({ line, cells }: RawKeyUserRow): KeyUserRow | ImportReject {
  const refuse = (code: string, field: string, message: string): ImportReject => ({
    line,
    code,
    field,
    message,
  });
  const { id, raw_premium: premium, raw_info: info = null, baseline_as_of: asOfText = null } = cells;
  if (id == null) return refuse("missing_field", "id", "required, but empty");
  const userId = idOf(id.trim());
  if (userId === null) return refuse("bad_type", "id", "must be a 64-bit integer");
  if (premium == null) return refuse("missing_field", "raw_premium", "required, but empty");
  const fen = parseFen(premium);
  if (fen === null || fen < 0n)
    return refuse("bad_amount", "raw_premium", "must be a decimal number, not below zero");
  if (fen > MAX_FEN)
    return refuse("amount_out_of_range", "raw_premium", "more than 16 digits before the point");
  if (info !== null && info.length > MAX_INFO) {
    return refuse("too_long", "raw_info", `longer than ${MAX_INFO} characters`);
  }
  if (info?.includes("\0")) return refuse("bad_type", "raw_info", "holds a NUL character");
  const asOf = asOfText === null ? null : timeOf(asOfText);
  if (asOf === undefined)
    return refuse("bad_time", "baseline_as_of", "must be ISO 8601 with its zone, or milliseconds");
  return { line, userId, rawPremium: formatFen(fen), rawInfo: info, asOf };
}

function idOf(text: string): string | null {
  if (!/^[+-]?\d{1,40}$/.test(text)) return null;
  const id = BigInt(text);
  return BigInt.asIntN(64, id) === id ? id.toString() : null;
}

/** ms; a time without its zone would mean another moment on another machine. */
function timeOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,15}$/.test(trimmed)) return Number(trimmed) < TIME_END ? Number(trimmed) : undefined;
  return instant.safeParse(trimmed).success ? Date.parse(trimmed) : undefined;
}
