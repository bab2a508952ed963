import type { DeadLetterDetail } from "../contracts/api/dead-letters.ts";
import { LINE_FIELDS } from "../contracts/line-fields.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { parseJson } from "../reader/json.ts";
import { isRecord } from "../reader/records.ts";
import { showName, showValue } from "./mask-line.ts";

/** What the lines of dead letters are sealed for. */
export const DEAD_LETTER_PURPOSE = "dead_letter";

/** A dead letter's line, sealed: as it came, and as people edited it. */
export interface SealedLine {
  readonly payload: Uint8Array;
  readonly edited: Uint8Array | null;
}

/** The line as it stands. */
export const openLine = (cipher: FieldCipher, { payload, edited }: SealedLine): Buffer =>
  cipher.open(edited ?? payload, DEAD_LETTER_PURPOSE);

/** The fields of a line; null when it is no JSON object. */
export function recordOf(line: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const record = parseJson(line.toString("utf8"));
    return isRecord(record) ? record : null;
  } catch {
    return null;
  }
}

/** A line for people to read: every field of its stream, personal data masked. */
export function showLine(
  stream: StreamName,
  line: Buffer,
): Pick<DeadLetterDetail, "isReadable" | "fields" | "unknownFields"> {
  const record = recordOf(line);
  const known = new Set(LINE_FIELDS[stream].map(({ name }) => name));
  return {
    isReadable: record !== null,
    fields: LINE_FIELDS[stream].map(({ name, kind }) => ({ name, ...showValue(kind, record?.[name]) })),
    unknownFields: Object.keys(record ?? {})
      .filter((name) => !known.has(name))
      .map(showName),
  };
}
