import { isUtf8 } from "node:buffer";
import { AppError, InvalidInput } from "../lib/errors.ts";
import { isStorable } from "../lib/text.ts";
import { textOfNumber } from "../reader/decimal.ts";
import { JsonNumber, mayLoseDigits, parseWith, type Reviver } from "../reader/json.ts";

/** Escapes that may stand for a character that PostgreSQL cannot hold; few texts have any. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/** Characters; whatever is longer was no number of ours. */
const LONGEST_NUMBER = 400;

/** Reads no further than a body may be. @throws {AppError} 413 */
export async function readBytes(request: Request, most: number, tooLarge: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new AppError("too_large", 413, tooLarge);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * A JSON body; an empty one is an empty object.
 * @throws {InvalidInput} it is none, or a text or number in it would be another one afterwards (rule C13)
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  if (!isUtf8(bytes)) throw new InvalidInput("The body is not UTF-8.");
  const text = bytes.toString("utf8");
  const lost: string[] = [];
  let isRefused = false;
  const look: Reviver = (key, value, { source }) => {
    isRefused ||= !isStorable(key) || (typeof value === "string" && !isStorable(value));
    if (typeof value === "number" && source !== undefined && !isSame(value, source)) lost.push(key);
    return value;
  };
  let parsed: unknown;
  try {
    parsed = SUSPICIOUS.test(text) || mayLoseDigits(text) ? parseWith(text, look) : JSON.parse(text);
  } catch {
    throw new InvalidInput("The body is not JSON.");
  }
  if (isRefused) throw unstorable("body");
  const [field] = lost;
  if (field === undefined) return parsed;
  throw new InvalidInput(`${field}: the number loses digits; send it as a text.`, { field });
}

/** Whether a number is the one that was written. */
const isSame = (value: number, source: string): boolean =>
  textOfNumber(value, LONGEST_NUMBER) === textOfNumber(new JsonNumber(source), LONGEST_NUMBER);

/** @throws {InvalidInput} a value could not reach the database */
export function requireStorable(values: Readonly<Record<string, string>>, where: "path" | "query"): void {
  if (!Object.values(values).every(isStorable)) throw unstorable(where);
}

const unstorable = (where: string) =>
  new InvalidInput(`The ${where} holds a NUL character or half of a surrogate pair.`);
