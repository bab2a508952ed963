import { InvalidInput } from "../lib/errors.ts";
import { trim } from "./records.ts";

export const BOM_BYTES = 3;

export const hasBom = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

export const emptyBody = (): InvalidInput => new InvalidInput("The body is empty. Send at least one event.");

/** What stands behind a byte order mark. @throws {InvalidInput} when there is nothing to read */
export function contentOf(body: Buffer): Buffer {
  const content = hasBom(body) ? body.subarray(BOM_BYTES) : body;
  return requireContent(content);
}

/** @throws {InvalidInput} when there is nothing to read */
export function requireContent(content: Buffer): Buffer {
  const { start, end } = trim(content, 0, content.length);
  if (start < end) return content;
  throw emptyBody();
}
