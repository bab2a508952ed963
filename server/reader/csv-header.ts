import { isUtf8 } from "node:buffer";
import { InvalidInput } from "../lib/errors.ts";
import { RowScanner, type Separator } from "./csv-row.ts";
import { behindLineEnd, countLineEnds, LineEnds } from "./line-end.ts";
import { trim } from "./records.ts";

export interface CsvHeader {
  readonly header: readonly string[];
  /** 1-based, and how many lines it spans. */
  readonly line: number;
  readonly lines: number;
  /** Where it begins and ends, and where what follows its line end begins. */
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The first line that is not empty. @throws {InvalidInput} it is no header */
export function headerOf(body: Buffer, separator: Separator): CsvHeader {
  const ends = new LineEnds(body);
  let [start, line] = [0, 1];
  for (; start < body.length; line += 1) {
    const end = ends.next(start);
    const text = trim(body, start, end);
    // A tab may be a separator: a row of nothing else is a header without names.
    if (text.start < text.end || (separator === "\t" && end > start)) break;
    start = behindLineEnd(body, end);
  }
  const scanner = new RowScanner(body, separator);
  if (!scanner.scan(start)) {
    throw new InvalidInput(
      `The header in line ${line} cannot be read: its quotes do not match, or it is too long.`,
    );
  }
  if (!isUtf8(body.subarray(start, scanner.end))) {
    throw new InvalidInput("The header is not UTF-8. Save the file as CSV UTF-8 and send it again.");
  }
  const next = Math.min(scanner.next, body.length);
  return {
    header: checkedHeader(scanner.cells()),
    line,
    lines: countLineEnds(body, start, next),
    start,
    end: scanner.end,
    next,
  };
}

/**
 * Names of columns, trimmed. Letters of another case make another name.
 * @throws {InvalidInput} there are none, or one stands twice
 */
export function checkedHeader(names: readonly string[]): string[] {
  const trimmed = names.map((name) => name.trim());
  if (trimmed.every((name) => name === "")) {
    throw new InvalidInput("The CSV has no header. Name the original columns in the first line.");
  }
  const placeOf = new Map<string, number>();
  for (const [index, name] of trimmed.entries()) {
    const first = placeOf.get(name);
    if (first !== undefined) throw namedTwice(name, first + 1, index + 1);
    if (name !== "") placeOf.set(name, index);
  }
  return trimmed;
}

/** A file without a header has a person's data where the names should be: only what looks like a name is repeated. */
function namedTwice(name: string, first: number, second: number): InvalidInput {
  const shown = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(name) ? `the column ${name}` : "a column";
  return new InvalidInput(
    `The header names ${shown} twice: columns ${first} and ${second}. Leave one of them out.`,
  );
}
