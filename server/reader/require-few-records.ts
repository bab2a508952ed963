import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { BodyFormat } from "../contracts/batch.ts";
import { TooLarge } from "../lib/errors.ts";
import { countRecords } from "./count-records.ts";
import { LIMITS } from "./limits.ts";
import { CR, LF } from "./line-end.ts";

const COMMA = 0x2c;
/** Bytes of the shortest line, or element, and of what parts it from the next. */
const SHORTEST_LINE = 1;
const SHORTEST_ELEMENT = 2;

export const tooManyRecords = () =>
  new TooLarge(`The body has more than ${LIMITS.records} lines. Send it in smaller parts.`);

const tooManyLines = (most: number) =>
  new TooLarge(`The body has more than ${most} lines, blank ones among them. Send it in smaller parts.`);

/**
 * Counts the records of a body that may hold too many before one of them is read: what will be refused shall not cost what
 * reading a million records does, for a body of a hundred kilobytes unpacks to forty times as many.
 * @throws {TooLarge}
 * @throws {InvalidInput} when nothing in the body can be read
 */
export async function requireFewRecords(format: BodyFormat, content: Buffer): Promise<void> {
  if (format === "json") {
    if (content.length < SHORTEST_ELEMENT * LIMITS.records) return;
    if (!holdsMoreThan(LIMITS.records, content, [COMMA])) return;
  } else {
    if (content.length < SHORTEST_LINE * LIMITS.records) return;
    if (!holdsMoreThan(LIMITS.records, content, [LF, CR])) return;
    requireFewLines(content);
  }
  for (const count of countRecords(format, content)) {
    if (count > LIMITS.records) throw tooManyRecords();
    await yieldToEvents();
  }
}

/** Blank lines are nothing, but walking over a hundred million of them takes its time. @throws {TooLarge} */
export function requireFewLines(content: Uint8Array, most: number = LIMITS.lines): void {
  let lines = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at];
    if (byte !== LF && (byte !== CR || content[at + 1] === LF)) continue;
    lines += 1;
    if (lines > most) throw tooManyLines(most);
  }
}

/** Whether any of these bytes stands in it so often: each record but the last ends with one. */
function holdsMoreThan(most: number, content: Buffer, bytes: readonly number[]): boolean {
  let count = 0;
  for (const byte of bytes) {
    for (let at = content.indexOf(byte); at >= 0; at = content.indexOf(byte, at + 1)) {
      count += 1;
      if (count >= most) return true;
    }
  }
  return false;
}
