import { AppError, InvalidInput } from "../lib/errors.ts";
import { isStorable } from "../lib/text.ts";

/** Escapes that may stand for a character that PostgreSQL cannot hold; few texts have any. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

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

/** A JSON body; an empty one is an empty object. @throws {InvalidInput} */
export function parseJsonBody(text: string): unknown {
  if (text === "") return {};
  let isRefused = false;
  const refuse = (key: string, value: unknown) => {
    isRefused ||= !isStorable(key) || (typeof value === "string" && !isStorable(value));
    return value;
  };
  let parsed: unknown;
  try {
    parsed = SUSPICIOUS.test(text) ? JSON.parse(text, refuse) : JSON.parse(text);
  } catch {
    throw new InvalidInput("The body is not JSON.");
  }
  if (isRefused) throw unstorable("body");
  return parsed;
}

/** @throws {InvalidInput} a value could not reach the database */
export function requireStorable(values: Readonly<Record<string, string>>, where: "path" | "query"): void {
  if (!Object.values(values).every(isStorable)) throw unstorable(where);
}

const unstorable = (where: string) =>
  new InvalidInput(`The ${where} holds a NUL character or half of a surrogate pair.`);
