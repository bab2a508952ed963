import { isUtf8 } from "node:buffer";
import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { z } from "zod";
import { instant } from "../contracts/api/common.ts";
import type { importReject } from "../contracts/api/key-users.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import { unguarded } from "../contracts/formula-guard.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import { formatFen } from "../contracts/money.ts";
import { LONGEST_SEGMENT } from "../contracts/person-verbs.ts";
import { InvalidInput } from "../lib/errors.ts";
import { hasContent, withoutBom } from "../reader/content.ts";
import { noRows, openCsv, recordOf } from "../reader/csv.ts";
import { LineFault } from "../reader/fault.ts";
import {
  amountOf,
  isAmountBelowZero,
  isBlank,
  isWithin,
  optionalText,
  optionalTime,
  type RawRecord,
  requiredId,
  type TimeBounds,
} from "../reader/fields.ts";
import { readRecords } from "../reader/read-records.ts";
import { requireFewRecords } from "../reader/require-few-records.ts";
import { CellRefused, nameCell, oneLineCell, telephoneCell } from "./text-cells.ts";

export type ImportReject = z.infer<typeof importReject>;

/** One line of a list, as it came: what stands in its columns, or why it cannot be read. */
export type RawKeyUserRow =
  | { readonly line: number; readonly cells: RawRecord }
  | { readonly line: number; readonly fault: Pick<ImportReject, "code" | "field" | "message"> };

/** A line that can be imported. */
export interface KeyUserRow {
  readonly line: number;
  readonly userId: string;
  /** Decimal text; null: blank, which keeps the baseline of somebody on the list. */
  readonly rawPremium: string | null;
  /** null: blank. */
  readonly rawInfo: string | null;
  /** null: blank; undefined: the list has no such column. */
  readonly segment: string | null | undefined;
  /** In clear; null: blank; undefined: the list has no such column. */
  readonly customerName: string | null | undefined;
  /** In clear; null: blank; undefined: the list has no such column. */
  readonly customerTel: string | null | undefined;
  /** ms; null: blank; undefined: the list has no such column. */
  readonly asOf: number | null | undefined;
  /** The version of the user's row that the line was written from; null: not told. */
  readonly version: number | null;
  /** Whether the line says that its user is off the list, as an export of removed users does. */
  readonly wasRemoved: boolean;
}

/** What lines are measured by. */
export interface RowRules extends TimeBounds {
  /** Whether a blank amount may mean the one that stands. */
  readonly blank: BlankChoice | undefined;
}

const REQUIRED = ["id", "raw_premium", "raw_info"] as const;
/** Lines between two pauses: other requests get their turn. */
const SLICE = 2_000;

/**
 * Reads a list: CSV with a header, one JSON object a line, or an array of them. Lines count from 1, of CSV the header's; of an
 * array they are the elements.
 * @throws {InvalidInput} nothing in the file can be read
 * @throws {TooLarge} more lines than a body may have
 */
export async function readKeyUsers(bytes: Buffer, format: BodyFormat): Promise<RawKeyUserRow[]> {
  if (!isUtf8(bytes))
    throw new InvalidInput("The file is not UTF-8. Save it as CSV UTF-8 and send it again.");
  const content = withoutBom(bytes);
  if (!hasContent(content)) {
    throw new InvalidInput("The list is empty. Its first line names the columns id,raw_premium,raw_info.");
  }
  await requireFewRecords(format, content);
  const rows: RawKeyUserRow[] = [];
  for (const row of format === "csv" ? csvRows(content) : objectRows(content, format)) {
    rows.push(row);
    if (rows.length % SLICE === 0) await yieldToEvents();
  }
  if (rows.length === 0) throw format === "csv" ? noRows() : new InvalidInput("The list holds no key users.");
  return rows;
}

function* csvRows(content: Buffer): Generator<RawKeyUserRow> {
  const { header, rows } = openCsv(content);
  for (const required of REQUIRED) {
    if (header.includes(required)) continue;
    throw new InvalidInput(
      `The first line must name the columns id,raw_premium,raw_info: ${required} is missing.`,
    );
  }
  for (const row of rows()) {
    yield "fault" in row ? row : { line: row.line, cells: withoutGuard(recordOf(header, row.cells)) };
  }
}

/** Texts of people. */
const TEXTS = ["raw_info", "segment", "customer_name", "customer_tel"] as const;

/** An export keeps spreadsheets from taking a text for a formula: what it put before the text is no part of it. */
function withoutGuard(cells: RawRecord): RawRecord {
  const bare = { ...cells };
  for (const name of TEXTS) {
    const text = bare[name];
    if (typeof text === "string") bare[name] = unguarded(text);
  }
  return bare;
}

function* objectRows(content: Buffer, format: "ndjson" | "json"): Generator<RawKeyUserRow> {
  for (const row of readRecords(content, format)) {
    yield "fault" in row ? row : { line: row.line, cells: row.record };
  }
}

/** Sorts lines into those that can be imported and those that cannot; the first line of an id counts. */
export async function validateKeyUserRows(
  raw: readonly RawKeyUserRow[],
  rules: RowRules,
): Promise<{ rows: KeyUserRow[]; rejected: ImportReject[] }> {
  const rows: KeyUserRow[] = [];
  const rejected: ImportReject[] = [];
  const firstLines = new Map<string, number>();
  for (const [index, each] of raw.entries()) {
    if (index % SLICE === SLICE - 1) await yieldToEvents();
    const row = validated(each, rules);
    if ("code" in row) {
      rejected.push(row);
      continue;
    }
    const first = firstLines.get(row.userId);
    if (first === undefined) {
      firstLines.set(row.userId, row.line);
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

function validated(raw: RawKeyUserRow, rules: RowRules): KeyUserRow | ImportReject {
  const { line } = raw;
  if ("fault" in raw) {
    const { code, field, message } = raw.fault;
    return { line, code, field, message };
  }
  try {
    return {
      line,
      userId: userIdOf(raw.cells),
      rawPremium: baselineOf(raw.cells, rules),
      rawInfo: optionalText(raw.cells, "raw_info"),
      segment: oneLineCell(raw.cells, "segment", LONGEST_SEGMENT),
      customerName: nameCell(raw.cells),
      customerTel: telephoneCell(raw.cells),
      asOf: "baseline_as_of" in raw.cells ? asOfOf(raw.cells, rules) : undefined,
      version: versionOf(raw.cells),
      wasRemoved: optionalText(raw.cells, "removed_at") !== null,
    };
  } catch (error) {
    if (!(error instanceof LineFault || error instanceof CellRefused)) throw error;
    return { line, code: error.code, field: error.field, message: error.message };
  }
}

function userIdOf({ id }: RawRecord): string {
  return requiredId({ id: typeof id === "string" ? id.trim() : id }, "id");
}

/** Rule K1: zero is a real value, below it there is none. */
function baselineOf({ raw_premium: premium }: RawRecord, { blank }: RowRules): string | null {
  if (premium === undefined || premium === null || isBlank(premium)) {
    if (blank === "keep") return null;
    throw new LineFault("missing_field", "raw_premium", "required, but empty");
  }
  const fen = amountOf(premium, "raw_premium");
  if (!isAmountBelowZero(premium, "raw_premium")) return formatFen(fen);
  throw new LineFault("bad_amount", "raw_premium", "must not be below zero");
}

/** An export's own; nobody else needs to tell it. */
function versionOf(cells: RawRecord): number | null {
  const text = optionalText(cells, "version")?.trim();
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new LineFault("bad_type", "version", "must be a whole number from an export");
}

/** ms; a time without its zone would mean another moment on another machine. */
function asOfOf({ baseline_as_of: value }: RawRecord, bounds: TimeBounds): number | null {
  const isText = typeof value === "string" && instant.safeParse(value.trim()).success;
  const given = isText ? Date.parse(value) : typeof value === "string" ? value.trim() : value;
  const time = asMilliseconds(given);
  // Rule C8, as for the time of an event: seconds, or a year to come, would silence a customer's changes.
  if (time === null || isWithin(time, bounds)) return time;
  throw new LineFault("bad_time", "baseline_as_of", "before 2000-01-01, or later than the clock allows");
}

function asMilliseconds(value: unknown): number | null {
  try {
    return optionalTime({ baseline_as_of: value }, "baseline_as_of");
  } catch {
    throw new LineFault("bad_time", "baseline_as_of", "must be ISO 8601 with its zone, or milliseconds");
  }
}
