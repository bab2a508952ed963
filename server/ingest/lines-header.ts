import { InvalidInput } from "../lib/errors.ts";

/** Lines that come before a body in the file that it was cut from: its rejects tell the lines of the file. */
export const LINES_HEADER = "tidewatch-lines-before";

/** A dead letter keeps its line as an integer of 32 bits; what a body holds comes on top. */
export const MOST_LINES = 2_000_000_000;

/** 0 without the header. @throws {InvalidInput} */
export function linesBeforeOf(header: string | undefined): number {
  if (header === undefined) return 0;
  const lines = /^\d{1,10}$/.test(header.trim()) ? Number(header) : Number.NaN;
  if (lines <= MOST_LINES) return lines;
  throw new InvalidInput(`Tidewatch-Lines-Before is a whole number up to ${MOST_LINES}.`);
}
