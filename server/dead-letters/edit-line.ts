import { LINE_FIELDS } from "../contracts/line-fields.ts";
import type { StreamName } from "../contracts/streams.ts";
import { InvalidInput } from "../lib/errors.ts";
import { recordOf } from "./dead-letter-line.ts";

/** Fields that a person replaces; null takes one away. */
export type ReplacedFields = Readonly<Record<string, string | null>>;

/** Stands where bytes were no UTF-8. */
const DAMAGE = "\uFFFD";

/**
 * A line with some of its fields replaced, as JSON; the others keep what was sent, digit by digit. A line that is no JSON
 * object is written anew.
 * @throws {InvalidInput} a field that the stream does not have, or one whose text is damaged and would be sent so
 */
export function editLine(stream: StreamName, line: Buffer, fields: ReplacedFields): Buffer {
  const known = new Set(LINE_FIELDS[stream].map(({ name }) => name));
  const unknown = Object.keys(fields).find((name) => !known.has(name));
  if (unknown !== undefined) throw new InvalidInput(`The stream ${stream} has no such field to replace.`);
  const record = { ...recordOf(line), ...fields };
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === "string" && value.includes(DAMAGE) && known.has(name)) {
      throw new InvalidInput(`${name} holds bytes that are not UTF-8: write it anew, or take it away.`, {
        field: name,
      });
    }
  }
  return Buffer.from(JSON.stringify(record));
}

const [NEWLINE, RETURN, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09];
const BREAKS: ReadonlySet<number> = new Set([NEWLINE, RETURN]);

/**
 * A body of NDJSON, one dead letter a line. Between the parts of a JSON text a line break is a space; within a string there can
 * be none.
 */
export function bodyOf(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [oneLine(line), Buffer.of(NEWLINE)]));
}

function oneLine(line: Buffer): Buffer {
  const isOne = !line.includes(NEWLINE) && !line.includes(RETURN);
  const flat = isOne ? line : Buffer.from(line.map((byte) => (BREAKS.has(byte) ? SPACE : byte)));
  // A blank line would be no line at all, and each line stands for a dead letter.
  return flat.some((byte) => byte !== SPACE && byte !== TAB) ? flat : Buffer.from("null");
}
