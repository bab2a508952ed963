import { setImmediate as breathe } from "node:timers/promises";
import type { BodyFormat } from "../contracts/batch.ts";
import { TooLarge } from "../lib/errors.ts";
import { LIMITS } from "../reader/limits.ts";
import { READERS } from "../reader/read-records.ts";

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Bytes of the shortest record and of what parts it from the next. */
const SHORTEST = 2;

/** Records between two pauses: other requests get their turn. */
const SLICE = 20_000;

export const tooManyRecords = () =>
  new TooLarge(`The body has more than ${LIMITS.records} lines. Send it in smaller parts.`);

/**
 * Cuts a body that may hold too many records before one of them is read: what will be refused shall not cost what reading a
 * million records does, for a body of a hundred kilobytes unpacks to forty times as many.
 * @throws {TooLarge}
 */
export async function requireFewRecords(format: BodyFormat, content: Buffer): Promise<void> {
  if (content.length < SHORTEST * LIMITS.records) return;
  const ends = format === "json" ? [COMMA] : [LINE_FEED, CARRIAGE_RETURN];
  if (!mayHoldTooMany(content, ends)) return;
  let count = 0;
  for (const item of READERS[format](content)) {
    count += "taken" in item ? item.taken : 1;
    if (count > LIMITS.records) throw tooManyRecords();
    if (count % SLICE === 0) await breathe();
  }
}

/** Whether any of these bytes stand in it more often than records may: each record but the last ends with one. */
function mayHoldTooMany(content: Buffer, ends: readonly number[]): boolean {
  let count = 0;
  for (const end of ends) {
    for (let at = content.indexOf(end); at >= 0; at = content.indexOf(end, at + 1)) {
      count += 1;
      if (count >= LIMITS.records) return true;
    }
  }
  return false;
}
